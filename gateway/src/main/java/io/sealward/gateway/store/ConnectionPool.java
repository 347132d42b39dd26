package io.sealward.gateway.store;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.flow.AskedReads;
import io.sealward.gateway.flow.OneMessagePerRead;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The connections to the store that live on one event loop, most recently used first. A client connection's store calls
 * never leave its loop, so nothing here is shared or locked.
 */
final class ConnectionPool {
    /** The head of an answer, and a small object with it. */
    private static final int SMALL_READ = 16 << 10;

    /** Of a store that closes the connection behind an answer nothing is lost: as much as a kernel holds. */
    private static final int MOST_UNASKED = 64 << 20;

    private static final HttpDecoderConfig DECODER = new HttpDecoderConfig()
            .setMaxInitialLineLength(8 << 10)
            .setMaxHeaderSize(64 << 10)
            .setMaxChunkSize(256 << 10);

    /** As long as no store and no balancer before it takes to close what rests. */
    private static final long SHORT_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StoreSettings settings;
    private final EventLoop loop;
    private final Events events;
    private final LongSupplier nanoTime;
    private final Bootstrap bootstrap;
    private final ArrayDeque<StoreConnection> idle = new ArrayDeque<>();

    ConnectionPool(StoreSettings settings, EventLoop loop, StoreTransport transport, Events events) {
        this(settings, loop, transport, events, System::nanoTime);
    }

    ConnectionPool(
            StoreSettings settings, EventLoop loop, StoreTransport transport, Events events, LongSupplier nanoTime) {
        this.settings = settings;
        this.loop = loop;
        this.events = events;
        this.nanoTime = nanoTime;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.channelType())
                .resolver(transport.resolver())
                .option(ChannelOption.ALLOCATOR, transport.allocator())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true) // or an answer that waits is lost with the connection
                .option(ChannelOption.AUTO_CLOSE, false) // the same, where a write fails
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 << 10, 96 << 10))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.timeouts().connect().toMillis());
    }

    /** A connection that was used before and still looks alive, or null at once. */
    StoreConnection pollIdle() {
        return pollIdle(Long.MAX_VALUE);
    }

    /** The same for what cannot be sent twice: one that the store may be about to close is none. */
    StoreConnection pollActive() {
        return pollIdle(SHORT_REST_NANOS);
    }

    private StoreConnection pollIdle(long mostNanos) {
        for (StoreConnection newest = idle.peekFirst(); newest != null; newest = idle.peekFirst()) {
            if (newest.active() && nanoTime.getAsLong() - newest.idleSince() > mostNanos) {
                return null;
            }
            idle.removeFirst();
            if (newest.active()) {
                newest.leavePool();
                return newest;
            }
        }
        return null;
    }

    /** For what cannot be sent twice. */
    CompletionStage<StoreConnection> acquire() {
        StoreConnection pooled = pollActive();
        return pooled != null ? CompletableFuture.completedStage(pooled) : connect();
    }

    CompletionStage<StoreConnection> connect() {
        CompletableFuture<StoreConnection> result = new CompletableFuture<>();
        long start = System.nanoTime();
        AskedReads reads = new AskedReads(SMALL_READ, MOST_UNASKED);
        StoreConnection connection =
                new StoreConnection(this, reads, settings.timeouts().response(), events);
        Bootstrap one = bootstrap.clone().handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(reads);
                settings.tls().ifPresent(tls -> {
                    SslHandler handler = tls.newHandler(channel.alloc(), settings.host(), settings.port());
                    handler.setHandshakeTimeoutMillis(
                            settings.timeouts().connect().toMillis());
                    pipeline.addLast(handler);
                });
                pipeline.addLast(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
                pipeline.addLast(new HttpClientCodec(DECODER, false, false));
                pipeline.addLast(new OneMessagePerRead());
                pipeline.addLast(connection);
            }
        });
        one.connect(settings.host(), settings.port()).addListener((ChannelFuture connected) -> {
            events.tell(new StoreConnected(connected.isSuccess(), System.nanoTime() - start));
            if (connected.isSuccess()) {
                result.complete(connection);
            } else {
                result.completeExceptionally(new StoreException(
                        "the store cannot be reached: " + connected.cause().getMessage()));
            }
        });
        return result;
    }

    /** Tells of a request that is sent once more, and completes when it may be. */
    CompletionStage<Void> before(Repeat repeat) {
        events.tell(new StoreRepeated(repeat.cause()));
        CompletableFuture<Void> over = new CompletableFuture<>();
        loop.schedule(() -> over.complete(null), repeat.pause().toMillis(), TimeUnit.MILLISECONDS);
        return over;
    }

    /** Keeps a connection for the next call, for a while. */
    void release(StoreConnection connection) {
        Duration keep = settings.timeouts().idle();
        if (keep.isZero()) {
            connection.close();
            return;
        }
        connection.enterPool(
                loop.schedule(connection::close, keep.toMillis(), TimeUnit.MILLISECONDS), nanoTime.getAsLong());
        idle.addFirst(connection);
    }

    /** Of a connection that was kept, and has ended. */
    void forget(StoreConnection connection) {
        idle.removeLastOccurrence(connection); // where those are that were kept longest
    }

    /** Closes what is idle. Calls under way go on. */
    void closeIdle() {
        idle.forEach(StoreConnection::close);
    }
}
