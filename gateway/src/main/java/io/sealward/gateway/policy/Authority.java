package io.sealward.gateway.policy;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;

/**
 * All that decides what the sender of a request may do, as it is at one moment: two are equal if no policy has changed. In
 * the bucket's own project either policy is enough to allow, in another one both must; a denial of either wins. Nothing adds
 * to what a session may do. Source: IAM User
 * Guide, "Policy evaluation logic", where a project stands for an account.
 *
 * @param caller empty for nobody known
 * @param ofOwner whether the caller is a credential of the bucket's own project, or the request is about no bucket
 * @param own of the caller's credential; empty for all
 * @param ofBucket empty for none
 */
public record Authority(
        Optional<Caller> caller, boolean ofOwner, Optional<Policy> own, Optional<BucketPolicy> ofBucket) {
    /** What no policy of a bucket can take from a credential that may do all in the bucket's project. */
    private static final Set<String> NEVER_LOST =
            Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

    public Authority {
        requireNonNull(caller, "caller");
        requireNonNull(own, "own");
        requireNonNull(ofBucket, "ofBucket");
    }

    /** Whether there is a policy to ask. */
    public boolean limited() {
        return !ofOwner || own.isPresent() || ofBucket.isPresent();
    }

    /** Whether a decision depends on the tags of the object. */
    public boolean asksForTags() {
        return own.filter(Policy::asksForTags).isPresent()
                || ofBucket.filter(BucketPolicy::asksForTags).isPresent();
    }

    /** Whether what lets the caller in lets everybody in, so that it can be withheld from all but the owner. */
    public boolean byPublicPolicy() {
        return !ofOwner && ofBucket.filter(BucketPolicy::isPublic).isPresent();
    }

    /** Whether an action is allowed; the words are those of {@link Policy#decide}. */
    public boolean allows(String action, String resource, Facts facts) {
        if (ofOwner && own.isEmpty() && NEVER_LOST.contains(action)) {
            return true;
        }
        Decision mine =
                own.map(policy -> policy.decide(action, resource, facts)).orElse(Decision.ALLOWED);
        Decision its = ofBucket.map(policy -> policy.decide(caller, ofOwner, action, resource, facts))
                .orElse(Decision.UNSAID);
        if (mine == Decision.DENIED || its == Decision.DENIED) {
            return false;
        }
        boolean byOwn = mine == Decision.ALLOWED;
        boolean byBucket = its == Decision.ALLOWED;
        boolean either = ofOwner && caller.filter(Caller::temporary).isEmpty();
        return either ? byOwn || byBucket : byOwn && (ofOwner || byBucket);
    }
}
