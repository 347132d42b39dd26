package io.sealward.gateway.front;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the gateway listens to S3 clients.
 *
 * @param address where to bind; port 0 lets the system choose
 * @param tls what a new connection is served with; empty for plain http
 * @param limits what clients may ask of it
 */
public record FrontSettings(InetSocketAddress address, Optional<Supplier<SslContext>> tls, FrontLimits limits) {}
