package io.sealward.gateway.tenant;

import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Which project owns which bucket name. A name is owned through a claim, and each claim is another one, also of the same
 * name by the same project. Look-ups are in memory and never block; changes are durable when they complete.
 */
public interface Buckets {
    /** What a project may do with a bucket name. */
    enum Access {
        OWNED,
        FOREIGN,
        UNCLAIMED
    }

    Access access(Project project, String bucket);

    /** Whether the bucket may hold objects without a seal, which are then served as they are (migration). */
    boolean mixed(String bucket);

    /** What the owner of a bucket may ask of the store about it, for what anybody may know; empty if nobody owns it. */
    Optional<Admission> owner(String bucket);

    /** Admits a request that is about no bucket that exists. */
    Admission admit(S3Credential credential);

    /**
     * Admits a request about a bucket of the project's, under the claim of that moment.
     *
     * @throws S3Exception AccessDenied, NoSuchBucket, or ServiceUnavailable
     */
    Admission admit(S3Credential credential, String bucket);

    /**
     * A claim to create a bucket under.
     *
     * @param ending gives the name back if the bucket is not created; empty if the claim was there before
     */
    record Claimed(Admission admission, Optional<Ending> ending) {}

    /**
     * The right to give a name back. It is void as soon as {@link #created} says that a bucket of the name has been created
     * since, so that of a CreateBucket and a DeleteBucket at the same time the later one at the store counts.
     */
    record Ending(String bucket, String mark) {}

    /**
     * Takes an unclaimed name, before the bucket is created at the store. Fails if another project was faster, or has given
     * the name back so short ago that something may still take effect under its claim.
     */
    CompletionStage<Claimed> claim(S3Credential credential, String bucket);

    /** After the store has created the bucket: whoever wanted to give the name back must ask anew. */
    CompletionStage<Void> created(Project project, String bucket);

    /** Before the bucket is deleted at the store. */
    CompletionStage<Ending> ending(Project project, String bucket);

    /** Gives the name back, after the bucket is deleted at the store, or not created there. */
    CompletionStage<Void> release(Project project, Ending ending);
}
