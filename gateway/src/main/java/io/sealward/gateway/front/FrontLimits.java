package io.sealward.gateway.front;

import java.time.Duration;

/**
 * What clients may ask of the listener.
 *
 * @param requestLineBytes longest request line: a key of 1024 bytes, escaped, and an upload id fit in 16 KiB
 * @param headerBytes largest header section
 * @param idleTimeout how long a connection may stand still, be it between requests or amid one, and how long it may take
 *     to bring the head of a request
 * @param bodyBytesPerSecond what a body must bring on average while it is waited for; 0 for no such bound
 * @param connections at the same time
 * @param connectionsPerAddress at the same time from one IPv4 address or one IPv6 network of 64 bits
 */
public record FrontLimits(
        int requestLineBytes,
        int headerBytes,
        Duration idleTimeout,
        long bodyBytesPerSecond,
        int connections,
        int connectionsPerAddress) {}
