package io.sealward.gateway.identity;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * An OpenID Connect issuer whose word is taken.
 *
 * @param issuer as its tokens name it ({@code iss}), to the letter
 * @param keys where its keys are
 * @param trustedCertificates PEM of the authorities to trust when they are fetched; empty for those of the Java runtime
 */
public record Issuer(String issuer, Keys keys, Optional<Path> trustedCertificates) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Where an issuer's keys (a JWK Set, RFC 7517) are. */
    public sealed interface Keys {
        /** Where the issuer's own discovery document says. */
        record Discovered() implements Keys {}

        record At(URI uri) implements Keys {}

        record InFile(Path file) implements Keys {}
    }

    public Issuer {
        requireNonNull(issuer, "issuer");
        requireNonNull(keys, "keys");
        requireNonNull(trustedCertificates, "trustedCertificates");
    }

    /** Whether keys from there are the issuer's: under TLS, or from this machine. */
    public static boolean isSafe(URI uri) {
        return uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawFragment() == null
                && ("https".equals(uri.getScheme())
                        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost())));
    }
}
