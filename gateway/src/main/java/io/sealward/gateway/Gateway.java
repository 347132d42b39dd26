package io.sealward.gateway;

import io.sealward.gateway.config.GatewayConfig;
import java.net.InetSocketAddress;

/** The server, assembled: started from its configuration, drained and stopped by {@link #close}. */
public final class Gateway implements AutoCloseable {
    private Gateway() {}

    /** Binds and serves. */
    public static Gateway start(GatewayConfig config) {
        throw new UnsupportedOperationException(config.s3().host());
    }

    /** Where S3 clients connect. */
    public InetSocketAddress s3Address() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
