package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What one client may ask of the gateway.
 *
 * @param headerSize bytes of all request headers together
 * @param idleTimeout how long a connection may rest, between requests and inside one
 * @param bodyRate bytes per second that a body must bring on average while it is waited for; 0 for no such bound
 * @param connections at the same time; empty for as many as fit in the heap
 * @param connectionsPerAddress at the same time; empty for half of all
 * @param documents bytes that all XML documents under way may hold together
 */
public record LimitsConfig(
        int headerSize,
        Duration idleTimeout,
        int bodyRate,
        Optional<Integer> connections,
        Optional<Integer> connectionsPerAddress,
        int documents) {
    public static final LimitsConfig DEFAULT =
            new LimitsConfig(16 << 10, Duration.ofSeconds(60), 1 << 10, Optional.empty(), Optional.empty(), 64 << 20);

    public LimitsConfig {
        requireNonNull(idleTimeout, "idleTimeout");
        requireNonNull(connections, "connections");
        requireNonNull(connectionsPerAddress, "connectionsPerAddress");
    }

    public LimitsConfig withIdleTimeout(Duration other) {
        return new LimitsConfig(headerSize, other, bodyRate, connections, connectionsPerAddress, documents);
    }
}
