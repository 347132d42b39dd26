package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * A listener's certificate.
 *
 * @param certificate PEM, the listener's own certificate first, then the chain
 * @param privateKey PEM, PKCS#8, not encrypted
 */
public record TlsConfig(Path certificate, Path privateKey) {
    public TlsConfig {
        requireNonNull(certificate, "certificate");
        requireNonNull(privateKey, "privateKey");
    }
}
