package io.sealward.gateway.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.sealward.gateway.flow.OneMessagePerRead;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The listener for S3 clients. */
public final class FrontServer {
    private final Channel listener;
    private final Drain drain;

    private FrontServer(Channel listener, Drain drain) {
        this.listener = listener;
        this.drain = drain;
    }

    /**
     * Binds and serves.
     *
     * @throws IllegalStateException if the address can not be bound
     */
    public static FrontServer start(
            FrontSettings settings,
            EventLoopGroup loops,
            FrontTransport transport,
            RequestHandler handler,
            ExchangeObserver observer) {
        Drain drain = new Drain();
        HttpDecoderConfig decoder = new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.maxRequestLineBytes())
                .setMaxHeaderSize(settings.maxHeaderBytes())
                .setMaxChunkSize(128 << 10);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(transport.channelType())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(2048, 32 << 10, 128 << 10))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 << 10, 192 << 10))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        settings.tls().ifPresent(tls -> pipeline.addLast(tls.newHandler(channel.alloc())));
                        pipeline.addLast(new IdleStateHandler(
                                true, 0, 0, settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS));
                        pipeline.addLast(new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
                        pipeline.addLast(new HttpServerCodec(decoder));
                        pipeline.addLast(new OneMessagePerRead());
                        pipeline.addLast(new HeadDeadline(settings.idleTimeout()));
                        pipeline.addLast(new ClientConnection(handler, observer, drain));
                    }
                });
        var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "can not listen on " + settings.address() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new FrontServer(bound.channel(), drain);
    }

    /** Where it listens, with the port the system chose. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Exchanges under way now. */
    public int exchangesUnderWay() {
        return drain.exchangesUnderWay();
    }

    /** Stops accepting; completes when the last exchange under way has ended. */
    public CompletionStage<Void> drain() {
        listener.close().syncUninterruptibly();
        return drain.start();
    }
}
