package io.sealward.gateway.assembly;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sealward.gateway.flow.LastingEpoll;
import io.sealward.gateway.front.FrontTransport;
import io.sealward.gateway.store.StoreTransport;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The event loops, one for each processor, and the sockets that run on them: epoll where there is, else NIO. */
public record Transport(EventLoopGroup loops, FrontTransport front, StoreTransport store) {
    /** Enough for a fast line while a loop is busy with others; Linux would take megabytes of an answer that nobody reads. */
    private static final long MOST_UNSENT = 256 << 10;

    public static Transport start() {
        return Epoll.isAvailable()
                ? start(
                        new LastingEpoll(),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollDatagramChannel.class,
                        socket -> ((EpollSocketChannel) socket).config().setTcpNotSentLowAt(MOST_UNSENT),
                        socket -> ((EpollSocketChannel) socket).tcpInfo().lastDataSent())
                : start(
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel.class,
                        NioSocketChannel.class,
                        NioDatagramChannel.class,
                        socket -> {},
                        socket -> Long.MAX_VALUE);
    }

    private static Transport start(
            IoHandlerFactory io,
            Class<? extends ServerChannel> listener,
            Class<? extends SocketChannel> connection,
            Class<? extends DatagramChannel> dns,
            Consumer<Channel> unsentBound,
            ToLongFunction<Channel> millisSinceSent) {
        return new Transport(
                loops(Runtime.getRuntime().availableProcessors(), "sealward", io),
                new FrontTransport(
                        loops(1, "sealward-accept", io),
                        listener,
                        PooledByteBufAllocator.DEFAULT,
                        unsentBound,
                        millisSinceSent),
                new StoreTransport(
                        connection,
                        new DnsAddressResolverGroup(dns, DnsServerAddressStreamProviders.platformDefault()),
                        PooledByteBufAllocator.DEFAULT));
    }

    private static EventLoopGroup loops(int count, String name, IoHandlerFactory io) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), io);
    }

    /** Ends the loops, within seconds. Blocks; not to be called on one of them. */
    public void stop() {
        front.acceptor().shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        // With a quiet period: without one a loop that has just woken ends, and leaves its channels open (Netty
        // 4.2.18).
        loops.shutdownGracefully(1, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
        store.resolver().close();
    }
}
