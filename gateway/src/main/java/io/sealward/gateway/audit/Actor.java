package io.sealward.gateway.audit;

/** Who did it. */
public sealed interface Actor {
    /** An id that can be looked up, and never the credential itself. */
    String id();

    /** An administrator, by the id of the admin key. */
    record AdminKey(String id) implements Actor {}

    /** An S3 client, by its access key id. */
    record S3Client(String id) implements Actor {}

    /** Some S3 client of a project. */
    record ProjectClient(String id) implements Actor {}

    /** The gateway itself, or its operator at the command line. */
    record Gateway() implements Actor {
        @Override
        public String id() {
            return "gateway";
        }
    }
}
