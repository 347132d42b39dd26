package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where the management API, health and metrics are served.
 *
 * @param tls present: https only; absent: http only
 */
public record ManagementConfig(String host, int port, Optional<TlsConfig> tls) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8081;

    public ManagementConfig {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
    }
}
