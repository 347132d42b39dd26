package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who the gateway is to Google Cloud.
 *
 * @param issuer of the gateway's OpenID Connect tokens
 * @param subject of these tokens: for a service account its unique id
 * @param subjectTokenFile a path with {@code {audience}} in it; empty for the service account the gateway runs as
 * @param tokenEndpoint {@code https://host[:port]} of the Security Token Service
 * @param kmsEndpoint {@code https://host[:port]} of Cloud KMS
 * @param trustedCertificates PEM of the authorities behind both; empty for the Java runtime's
 */
public record GcpConfig(
        String issuer,
        String subject,
        Optional<String> subjectTokenFile,
        URI tokenEndpoint,
        URI kmsEndpoint,
        Optional<Path> trustedCertificates) {
    public static final String DEFAULT_ISSUER = "https://accounts.google.com";

    public GcpConfig {
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
        requireNonNull(subjectTokenFile, "subjectTokenFile");
        requireNonNull(tokenEndpoint, "tokenEndpoint");
        requireNonNull(kmsEndpoint, "kmsEndpoint");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }
}
