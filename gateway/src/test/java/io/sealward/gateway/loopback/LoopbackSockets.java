package io.sealward.gateway.loopback;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.sealward.gateway.front.FrontTransport;
import io.sealward.gateway.store.StoreTransport;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** One event loop and its sockets, on an allocator that knows what was not given back. */
public final class LoopbackSockets implements AutoCloseable {
    private static final UnpooledByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(true);

    private final EventLoopGroup loops;
    private final FrontTransport front;
    private final StoreTransport store;

    private LoopbackSockets(
            ByteBufAllocator allocator,
            IoHandlerFactory io,
            Class<? extends ServerChannel> listener,
            Class<? extends Channel> connection,
            ToLongFunction<Channel> millisSinceSent) {
        this.loops = new MultiThreadIoEventLoopGroup(1, io);
        this.front = new FrontTransport(listener, allocator, millisSinceSent);
        this.store = new StoreTransport(connection, DefaultAddressResolverGroup.INSTANCE, allocator);
    }

    /** The sockets of every platform. */
    public static LoopbackSockets counted() {
        return on(ALLOCATOR);
    }

    /** The same, with buffers from elsewhere. */
    public static LoopbackSockets on(ByteBufAllocator allocator) {
        return new LoopbackSockets(
                allocator,
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioSocketChannel.class,
                socket -> Long.MAX_VALUE);
    }

    /** The sockets of production on Linux. */
    public static LoopbackSockets epoll() {
        return new LoopbackSockets(
                ALLOCATOR,
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollSocketChannel.class,
                socket -> ((EpollSocketChannel) socket).tcpInfo().lastDataSent());
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

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
