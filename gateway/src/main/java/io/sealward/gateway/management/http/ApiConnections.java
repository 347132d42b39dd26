package io.sealward.gateway.management.http;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The pipeline of each connection, and the bounds of what a client may send; a connection too many is closed at once. */
public final class ApiConnections extends ChannelInitializer<SocketChannel> {
    /** How many may be open at a time. */
    public static final int MAX_CONNECTIONS = 128;

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_CHUNK_BYTES = 16 * 1024;
    private static final int MAX_PIPELINED = 128;
    private static final int IDLE_SECONDS = 60;

    private final Router router;
    private final Optional<Supplier<SslContext>> tls;
    private final AtomicInteger open = new AtomicInteger();

    /** @param tls what a new connection is served with; empty for plain HTTP */
    public ApiConnections(Router router, Optional<Supplier<SslContext>> tls) {
        this.router = router;
        this.tls = tls;
    }

    /** How many are open now. */
    public int open() {
        return open.get();
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (open.incrementAndGet() > MAX_CONNECTIONS) {
            channel.close();
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        tls.ifPresent(context -> pipeline.addLast(context.get().newHandler(channel.alloc())));
        pipeline.addLast(
                new IdleStateHandler(IDLE_SECONDS, 0, 0),
                new HttpServerCodec(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(MAX_LINE_BYTES)
                                .setMaxHeaderSize(MAX_HEADER_BYTES)
                                .setMaxChunkSize(MAX_CHUNK_BYTES)
                                .setHeadersFactory(FewHeaders.FACTORY)
                                .setTrailersFactory(FewHeaders.FACTORY),
                        MAX_PIPELINED),
                new BodyLimit(MAX_BODY_BYTES),
                new ApiHandler(router));
    }
}
