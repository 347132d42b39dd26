package io.sealward.gateway.tenant;

import io.sealward.gateway.policy.BucketPolicy;
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

    /** What anybody may ask the store about a bucket, for what is told to everybody; empty if nobody owns it. */
    Optional<Admission> ofAnybody(String bucket);

    /** Admits a request that is about no bucket that exists. */
    Admission admit(S3Credential credential);

    /**
     * Admits a request about a bucket of the sender's project, or one whose policy may let it in, under the claim of that
     * moment. What the sender may do is for {@link Admission#authority} to say.
     *
     * @throws S3Exception AccessDenied, also to all of another organization, NoSuchBucket, or ServiceUnavailable
     */
    Admission admit(Sender sender, String bucket);

    /** The policy of a bucket, which says whom else it lets in. */
    Optional<BucketPolicy> policy(String bucket);

    /**
     * Replaces the policy of a project's bucket, or takes it away if it is empty.
     *
     * @return fails with MalformedPolicy where it names whom the organization does not have, NoSuchBucket, or MethodNotAllowed
     *     where policies are fixed
     */
    CompletionStage<Void> changePolicy(Project project, String bucket, Optional<BucketPolicy> policy);

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
    CompletionStage<Claimed> claim(Admission asking, String bucket);

    /** After the store has created the bucket: whoever wanted to give the name back must ask anew. */
    CompletionStage<Void> created(Project project, String bucket);

    /** Before the bucket is deleted at the store. */
    CompletionStage<Ending> ending(Project project, String bucket);

    /** Gives the name back, after the bucket is deleted at the store, or not created there. */
    CompletionStage<Void> release(Project project, Ending ending);
}
