package io.sealward.gateway.front;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway listens to S3 clients.
 *
 * @param address where to bind; port 0 lets the system choose
 * @param tls empty for plain http
 * @param maxRequestLineBytes longest request line: a key of 1024 bytes, escaped, and an upload id fit in 16 KiB
 * @param maxHeaderBytes largest header section
 * @param idleTimeout how long a connection may stand still, be it between requests or amid one, and how long it may take
 *     to bring the head of a request
 */
public record FrontSettings(
        InetSocketAddress address,
        Optional<SslContext> tls,
        int maxRequestLineBytes,
        int maxHeaderBytes,
        Duration idleTimeout) {}
