package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long unwrapped keys are kept, and how soon a withdrawn KEK is noticed.
 *
 * @param ttl from the moment of the unwrap, never prolonged by use; zero asks the KMS on every read
 * @param canaryInterval how often each KEK in use is tried
 * @param outageGrace how long what is in use goes on while its KMS does not answer
 */
public record KeyCacheConfig(Duration ttl, Duration canaryInterval, Duration outageGrace) {
    public static final KeyCacheConfig DEFAULT =
            new KeyCacheConfig(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(5));

    public KeyCacheConfig {
        requireNonNull(ttl, "ttl");
        requireNonNull(canaryInterval, "canaryInterval");
        requireNonNull(outageGrace, "outageGrace");
    }
}
