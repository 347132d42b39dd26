package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

/** An access key that S3 clients sign with. */
public record CredentialConfig(String accessKey, Secret secretKey) {
    public CredentialConfig {
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
    }
}
