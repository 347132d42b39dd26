package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.BucketPolicy;

/** A bucket, and who may do what with it. */
public record BucketPolicyConfig(String bucket, BucketPolicy policy) {
    public BucketPolicyConfig {
        requireNonNull(bucket, "bucket");
        requireNonNull(policy, "policy");
    }
}
