package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long unwrapped keys are kept, and how soon a withdrawn KEK is noticed.
 *
 * @param ttl from the moment of the unwrap, never prolonged by use; zero asks the KMS on every read
 * @param canaryInterval how often each KEK in use is tried
 * @param outageGrace how long what is in use goes on while its KMS does not answer
 * @param unusedInterval how often each KEK is tried that is not in use; zero: only when there is a suspicion
 * @param provenWraps of so many wraps one is unwrapped before it is used, and the first of each key; 0: none
 */
public record KeyCacheConfig(
        Duration ttl, Duration canaryInterval, Duration outageGrace, Duration unusedInterval, int provenWraps) {
    public static final KeyCacheConfig DEFAULT =
            of(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMinutes(5));

    public KeyCacheConfig {
        requireNonNull(ttl, "ttl");
        requireNonNull(canaryInterval, "canaryInterval");
        requireNonNull(outageGrace, "outageGrace");
        requireNonNull(unusedInterval, "unusedInterval");
    }

    /** With the defaults for what does not bear on the time of a withdrawal. */
    public static KeyCacheConfig of(Duration ttl, Duration canaryInterval, Duration outageGrace) {
        return new KeyCacheConfig(ttl, canaryInterval, outageGrace, Duration.ofMinutes(10), 20);
    }
}
