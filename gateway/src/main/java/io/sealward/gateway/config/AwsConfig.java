package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who the gateway is to AWS.
 *
 * @param principal ARN of the role or user that tenants name in their trust policies
 * @param accessKey together with the secret key; empty for the SDK's default chain
 * @param endpoint plays STS and KMS of every region, as a private endpoint or an emulator does
 * @param trustedCertificates PEM of the authorities behind the endpoint; empty for the Java runtime's
 */
public record AwsConfig(
        String principal,
        Optional<String> accessKey,
        Optional<Secret> secretKey,
        Optional<URI> endpoint,
        Optional<Path> trustedCertificates) {
    public AwsConfig {
        requireNonNull(principal, "principal");
        requireNonNull(accessKey, "accessKey");
        requireNonNull(secretKey, "secretKey");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }
}
