package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An OpenID Connect issuer whose word is taken.
 *
 * @param issuer as its tokens name it
 * @param jwksUri where its keys are; empty for where its discovery document says, or for {@code jwksFile}
 * @param jwksFile the file that its keys are in
 * @param trustedCertificates PEM of the authorities to trust for it; empty for those of the Java runtime
 */
public record IssuerConfig(
        String issuer, Optional<URI> jwksUri, Optional<Path> jwksFile, Optional<Path> trustedCertificates) {
    public IssuerConfig {
        requireNonNull(issuer, "issuer");
        requireNonNull(jwksUri, "jwksUri");
        requireNonNull(jwksFile, "jwksFile");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }
}
