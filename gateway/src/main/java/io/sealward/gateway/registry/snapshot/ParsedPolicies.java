package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.policy.Policy;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads policies, but none again that the load before has read: one that has not changed stays the same object, by which
 * requests under way know it. Not thread-safe.
 */
final class ParsedPolicies {
    private static final Logger LOG = LoggerFactory.getLogger(ParsedPolicies.class);

    private record Written(String text, String username) {}

    private record WrittenOfBucket(String text, String bucket) {}

    private Map<Written, Policy> before = Map.of();
    private Map<Written, Policy> now = Map.of();
    private Map<WrittenOfBucket, BucketPolicy> ofBucketsBefore = Map.of();
    private Map<WrittenOfBucket, BucketPolicy> ofBuckets = Map.of();

    /** A new load begins, and what the one before has not asked for is forgotten. */
    void begin() {
        before = now;
        now = new HashMap<>();
        ofBucketsBefore = ofBuckets;
        ofBuckets = new HashMap<>();
    }

    /** @throws io.sealward.gateway.policy.MalformedPolicyException of one that another version of the gateway understands */
    Policy parse(String text, String username) {
        Written written = new Written(text, username);
        Policy known = before.get(written);
        Policy policy = known == null ? Policy.parse(text, username) : known;
        now.put(written, policy);
        return policy;
    }

    /** One that this version does not understand denies everything: whom it was to keep out must not get in. */
    BucketPolicy ofBucket(String text, String bucket) {
        WrittenOfBucket written = new WrittenOfBucket(text, bucket);
        BucketPolicy known = ofBucketsBefore.get(written);
        BucketPolicy policy = known == null ? read(text, bucket) : known;
        ofBuckets.put(written, policy);
        return policy;
    }

    private static BucketPolicy read(String text, String bucket) {
        try {
            return BucketPolicy.parse(text, bucket);
        } catch (MalformedPolicyException e) {
            LOG.error("bucket {} is closed, as its policy cannot be read: {}", bucket, e.getMessage());
            return BucketPolicy.unreadable(text);
        }
    }
}
