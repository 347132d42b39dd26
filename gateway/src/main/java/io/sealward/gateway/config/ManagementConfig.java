package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where health, metrics and, with a registry, the management API are served.
 *
 * @param tls present: https only; absent: http only
 * @param metricsToken the Bearer token that the metrics are given for; empty: they are given to everybody
 */
public record ManagementConfig(String host, int port, Optional<TlsConfig> tls, Optional<Secret> metricsToken) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8081;

    public ManagementConfig {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(metricsToken, "metricsToken");
    }
}
