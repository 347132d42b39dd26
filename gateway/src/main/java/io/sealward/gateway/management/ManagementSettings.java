package io.sealward.gateway.management;

import io.netty.handler.ssl.SslContext;
import io.sealward.gateway.config.Secret;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the management listener serves.
 *
 * @param address never that of the S3 listener; port 0 for any
 * @param tls what a new connection is served with; empty for plain HTTP, which is for loopback and for TLS that ends elsewhere
 * @param readiness what {@code /readyz} asks
 * @param metricsToken what {@code /metrics} asks for; empty: nothing
 */
public record ManagementSettings(
        InetSocketAddress address,
        Optional<Supplier<SslContext>> tls,
        List<ReadinessCheck> readiness,
        Optional<Secret> metricsToken) {
    public ManagementSettings {
        readiness = List.copyOf(readiness);
    }
}
