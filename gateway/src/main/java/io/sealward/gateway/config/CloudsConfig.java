package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** The clouds that tenants may keep their keys in: those in which the gateway has an identity. */
public record CloudsConfig(Optional<AwsConfig> aws, Optional<GcpConfig> gcp, Optional<AzureConfig> azure) {
    public static final CloudsConfig NONE = new CloudsConfig(Optional.empty(), Optional.empty(), Optional.empty());

    public CloudsConfig {
        requireNonNull(aws, "aws");
        requireNonNull(gcp, "gcp");
        requireNonNull(azure, "azure");
    }
}
