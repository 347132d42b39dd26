package io.sealward.gateway.front;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.EventExecutor;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.flow.AskedReads;
import io.sealward.gateway.flow.OneMessagePerRead;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.concurrent.CompletionStage;

/**
 * The listener for S3 clients. Gives each connection to an event loop, and each request on it to a {@link
 * RequestHandler}.
 */
public final class FrontServer {
    /** The head of most requests. */
    static final int SMALL_READ = 4 << 10;

    /** What is held of a client that closes its side while the gateway has not read all. */
    static final int MOST_UNASKED = 16 << 10;

    /** As many as Linux lets wait, unless it was told otherwise. */
    private static final int BACKLOG = 4096;

    private final Channel listener;
    private final Drain drain;
    private final ConnectionLimit connections;

    private FrontServer(Channel listener, Drain drain, ConnectionLimit connections) {
        this.listener = listener;
        this.drain = drain;
        this.connections = connections;
    }

    /**
     * Binds and serves.
     *
     * @throws IllegalStateException if the address cannot be bound
     */
    public static FrontServer start(
            FrontSettings settings,
            EventLoopGroup loops,
            FrontTransport transport,
            RequestHandler handler,
            Events events) {
        Front front = new Front(settings.limits(), handler, events, new Drain());
        FrontLimits limits = settings.limits();
        ConnectionLimit connections = new ConnectionLimit(limits.connections(), limits.connectionsPerAddress());
        IdentityHashMap<EventExecutor, PipelinedTurns> turns = new IdentityHashMap<>();
        loops.forEach(loop -> turns.put(loop, new PipelinedTurns((EventLoop) loop)));
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(transport.acceptor(), loops)
                .channel(transport.channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new Door(
                        connections, new TurnAway(loops), settings.tls().isEmpty(), events))
                .childOption(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) // a client may close its side behind a request
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 96 << 10))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        transport.unsentBound().accept(channel);
                        ChannelPipeline pipeline = channel.pipeline();
                        AskedReads reads = new AskedReads(SMALL_READ, MOST_UNASKED);
                        pipeline.addLast(reads);
                        settings.tls()
                                .ifPresent(tls -> pipeline.addLast(tls.get().newHandler(channel.alloc())));
                        pipeline.addLast(new Standstill(
                                limits.idleTimeout(),
                                () -> transport.millisSinceSent().applyAsLong(channel)));
                        pipeline.addLast(new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
                        pipeline.addLast(new RequestCodec(
                                limits.requestLineBytes(), limits.headerBytes(), turns.get(channel.eventLoop())));
                        pipeline.addLast(new OneMessagePerRead());
                        pipeline.addLast(new HeadDeadline(limits.idleTimeout()));
                        pipeline.addLast(new ClientConnection(front, reads));
                    }
                });
        var bound = bootstrap.bind(settings.address()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "cannot listen on " + settings.address() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new FrontServer(bound.channel(), front.drain(), connections);
    }

    /** Where it listens, with the port the system chose. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Exchanges under way now. */
    public int exchangesUnderWay() {
        return drain.exchangesUnderWay();
    }

    /** Connections of clients now. */
    public int connections() {
        return connections.count();
    }

    /** Serves as before, but has each connection close behind its next answer: clients are to go to another gateway. */
    public void leave() {
        drain.announce();
    }

    /** Stops accepting; completes when the last exchange under way has ended. */
    public CompletionStage<Void> drain() {
        listener.close().syncUninterruptibly();
        return drain.start();
    }
}
