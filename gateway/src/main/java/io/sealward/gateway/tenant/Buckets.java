package io.sealward.gateway.tenant;

import java.util.concurrent.CompletionStage;

/** Which project owns which bucket name. Look-ups are in memory and never block; changes are durable when they complete. */
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

    /**
     * Takes an unclaimed name, before the bucket is created at the store. Fails if another project was faster.
     *
     * @return whether it is newly taken: false if it was the project's already
     */
    CompletionStage<Boolean> claim(Project project, String bucket);

    /** Gives the name back, after the bucket is deleted at the store. */
    CompletionStage<Void> release(Project project, String bucket);
}
