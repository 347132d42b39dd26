package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

/** An access key and its secret: one that S3 clients sign with, or one of the store. */
public record CredentialConfig(String accessKey, Secret secretKey) {
    public CredentialConfig {
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
    }
}
