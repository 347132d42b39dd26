package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/**
 * An access key that S3 clients sign with, and its secret.
 *
 * @param policy what it may do in its project; empty for all
 */
public record ClientConfig(String accessKey, Secret secretKey, Optional<Policy> policy) {
    public ClientConfig {
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
        requireNonNull(policy, "policy");
    }
}
