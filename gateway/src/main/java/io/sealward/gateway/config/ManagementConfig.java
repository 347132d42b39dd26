package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where health, metrics and, with a registry, the management API are served.
 *
 * @param tls present: https only; absent: http only
 * @param metricsProjects how many projects have metrics of their own; those of the others are counted together
 * @param metricsToken the Bearer token that the metrics are given for; empty: they are given to everybody
 */
public record ManagementConfig(
        String host, int port, Optional<TlsConfig> tls, int metricsProjects, Optional<Secret> metricsToken) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8081;
    public static final int DEFAULT_METRICS_PROJECTS = 100;

    public ManagementConfig {
        requireNonNull(host, "host");
        requireNonNull(tls, "tls");
        requireNonNull(metricsToken, "metricsToken");
    }
}
