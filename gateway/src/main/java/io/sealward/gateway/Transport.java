package io.sealward.gateway;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
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
import io.sealward.gateway.front.FrontTransport;
import io.sealward.gateway.store.StoreTransport;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** The event loops, one for each processor, and the sockets that run on them: epoll where there is, else NIO. */
public record Transport(EventLoopGroup loops, FrontTransport front, StoreTransport store) {
    public static Transport start() {
        return Epoll.isAvailable()
                ? start(
                        EpollIoHandler.newFactory(),
                        EpollServerSocketChannel.class,
                        EpollSocketChannel.class,
                        EpollDatagramChannel.class,
                        socket -> ((EpollSocketChannel) socket).tcpInfo().lastDataSent())
                : start(
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel.class,
                        NioSocketChannel.class,
                        NioDatagramChannel.class,
                        socket -> Long.MAX_VALUE);
    }

    private static Transport start(
            IoHandlerFactory io,
            Class<? extends ServerChannel> listener,
            Class<? extends SocketChannel> connection,
            Class<? extends DatagramChannel> dns,
            ToLongFunction<Channel> millisSinceSent) {
        return new Transport(
                new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("sealward", true), io),
                new FrontTransport(listener, PooledByteBufAllocator.DEFAULT, millisSinceSent),
                new StoreTransport(
                        connection,
                        new DnsAddressResolverGroup(dns, DnsServerAddressStreamProviders.platformDefault()),
                        PooledByteBufAllocator.DEFAULT));
    }

    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        store.resolver().close();
    }
}
