package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who the gateway is to Google Cloud.
 *
 * @param issuer of the gateway's OpenID Connect tokens
 * @param subject of these tokens: for a service account its unique id
 * @param subjectTokenFile a path with {@code {audience}} in it; empty for the service account the gateway runs as
 */
public record GcpConfig(String issuer, String subject, Optional<String> subjectTokenFile) {
    public static final String DEFAULT_ISSUER = "https://accounts.google.com";

    public GcpConfig {
        requireNonNull(issuer, "issuer");
        requireNonNull(subject, "subject");
        requireNonNull(subjectTokenFile, "subjectTokenFile");
    }
}
