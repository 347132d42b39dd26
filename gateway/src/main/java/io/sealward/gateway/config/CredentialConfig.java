package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

/** An access key of the store and its secret. */
public record CredentialConfig(String accessKey, Secret secretKey) {
    public CredentialConfig {
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
    }
}
