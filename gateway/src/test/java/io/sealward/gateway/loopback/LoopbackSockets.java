package io.sealward.gateway.loopback;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.sealward.gateway.flow.LastingEpoll;
import io.sealward.gateway.front.FrontTransport;
import io.sealward.gateway.store.StoreTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * One event loop and its sockets, on an allocator that knows what was not given back. On a standing one time
 * passes when it is told to {@link #pass}, and no time-out ends what a test does on a slow machine.
 */
public final class LoopbackSockets implements AutoCloseable {
    private static final int STEPS = 8;
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EventLoopGroup loops;
    private final FrontTransport front;
    private final StoreTransport store;

    private LoopbackSockets(
            Supplier<IoHandlerFactory> io,
            BiFunction<IoHandlerFactory, MockTicker, EventLoopGroup> loops,
            ByteBufAllocator allocator,
            AddressResolverGroup<InetSocketAddress> resolver,
            Class<? extends ServerChannel> listener,
            Class<? extends Channel> connection,
            ToLongFunction<Channel> millisSinceSent) {
        this.loops = loops.apply(io.get(), ticker);
        this.front = new FrontTransport(
                new MultiThreadIoEventLoopGroup(1, io.get()), listener, allocator, socket -> {}, millisSinceSent);
        this.store = new StoreTransport(connection, resolver, allocator);
    }

    /** The sockets of every platform. */
    public static LoopbackSockets counted() {
        return on(ALLOCATOR);
    }

    /** The same, with buffers from elsewhere. */
    public static LoopbackSockets on(ByteBufAllocator allocator) {
        return running(allocator, DefaultAddressResolverGroup.INSTANCE);
    }

    /** The same, whose connections to the store come when the resolver says where it is. */
    public static LoopbackSockets resolving(AddressResolverGroup<InetSocketAddress> resolver) {
        return running(ALLOCATOR, resolver);
    }

    private static LoopbackSockets running(
            ByteBufAllocator allocator, AddressResolverGroup<InetSocketAddress> resolver) {
        return new LoopbackSockets(
                NioIoHandler::newFactory,
                LoopbackSockets::running,
                allocator,
                resolver,
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                socket -> Long.MAX_VALUE);
    }

    /** The sockets of every platform, on a loop where time stands still. */
    public static LoopbackSockets standing() {
        return new LoopbackSockets(
                NioIoHandler::newFactory,
                StandingLoops::new,
                ALLOCATOR,
                DefaultAddressResolverGroup.INSTANCE,
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                socket -> Long.MAX_VALUE);
    }

    /** The sockets of production on Linux. */
    public static LoopbackSockets epoll() {
        return new LoopbackSockets(
                LastingEpoll::new,
                LoopbackSockets::running,
                ALLOCATOR,
                DefaultAddressResolverGroup.INSTANCE,
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                LoopbackSockets::millisSinceSent);
    }

    /** The sockets of production on Linux, on a loop where time stands still: the kernel's would not. */
    public static LoopbackSockets standingEpoll() {
        return standingEpoll(socket -> Long.MAX_VALUE);
    }

    /** The same, with word of when a socket sent last. */
    public static LoopbackSockets standingEpoll(ToLongFunction<Channel> millisSinceSent) {
        return new LoopbackSockets(
                LastingEpoll::new,
                StandingLoops::new,
                ALLOCATOR,
                DefaultAddressResolverGroup.INSTANCE,
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                millisSinceSent);
    }

    /** Of a socket of epoll, as the kernel tells it. */
    public static long millisSinceSent(Channel socket) {
        return ((EpollSocketChannel) socket).tcpInfo().lastDataSent();
    }

    private static EventLoopGroup running(IoHandlerFactory io, Ticker notAsked) {
        return new MultiThreadIoEventLoopGroup(1, io);
    }

    /** Bytes in buffers of all sockets that nobody has released. */
    public static long bytesHeld() {
        return ALLOCATOR.metric().usedHeapMemory() + ALLOCATOR.metric().usedDirectMemory();
    }

    public EventLoopGroup loops() {
        return loops;
    }

    public FrontTransport front() {
        return front;
    }

    public StoreTransport store() {
        return store;
    }

    /** Lets time pass on a standing loop, in steps, and returns when all that became due has run. */
    public void pass(Duration time) {
        for (int step = 0; step < STEPS; step++) {
            ticker.advance(time.toNanos() / STEPS, TimeUnit.NANOSECONDS);
            loops.submit(() -> {}).syncUninterruptibly(); // wakes it
            loops.submit(() -> {}).syncUninterruptibly();
        }
    }

    /** With a quiet period: without one a loop that has just woken ends, and leaves its channels as they are (Netty 4.2.18). */
    @Override
    public void close() {
        front.acceptor().shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        Future<?> closed = loops.shutdownGracefully(1, 5_000, TimeUnit.MILLISECONDS);
        while (!closed.awaitUninterruptibly(1)) {
            ticker.advance(1, TimeUnit.SECONDS); // its end is a matter of time, too
        }
    }
}
