package io.sealward.gateway.front;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How the gateway listens to S3 clients.
 *
 * @param address where to bind; port 0 lets the system choose
 * @param tls empty for plain http
 * @param limits what clients may ask of it
 */
public record FrontSettings(InetSocketAddress address, Optional<SslContext> tls, FrontLimits limits) {}
