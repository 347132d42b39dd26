package io.sealward.gateway.registry.table;

/**
 * What is known of a key of the management API; its token is only ever shown when it is made.
 *
 * @param id {@code key_...}
 * @param createdAt Unix time in seconds
 */
public record AdminKey(String id, String organizationId, String name, Scope scope, long createdAt) {
    /** What the key may do. */
    public enum Scope {
        /** Look at everything, change nothing. */
        READ,
        WRITE
    }
}
