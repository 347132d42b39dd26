package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one client may ask of the gateway.
 *
 * @param headerSize bytes of all request headers together
 * @param idleTimeout how long a connection may rest, between requests and inside one
 */
public record LimitsConfig(int headerSize, Duration idleTimeout) {
    public static final LimitsConfig DEFAULT = new LimitsConfig(16 * 1024, Duration.ofSeconds(60));

    public LimitsConfig {
        requireNonNull(idleTimeout, "idleTimeout");
    }
}
