package io.sealward.gateway;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sealward.gateway.store.StoreTransport;
import java.util.concurrent.TimeUnit;

/** The event loops, one for each processor, and the sockets that run on them: epoll where there is, else NIO. */
record Transport(EventLoopGroup loops, Class<? extends ServerChannel> listener, StoreTransport store) {
    static Transport start() {
        int processors = Runtime.getRuntime().availableProcessors();
        DefaultThreadFactory threads = new DefaultThreadFactory("sealward", true);
        if (Epoll.isAvailable()) {
            return new Transport(
                    new MultiThreadIoEventLoopGroup(processors, threads, EpollIoHandler.newFactory()),
                    EpollServerSocketChannel.class,
                    new StoreTransport(
                            EpollSocketChannel.class,
                            new DnsAddressResolverGroup(
                                    EpollDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault())));
        }
        return new Transport(
                new MultiThreadIoEventLoopGroup(processors, threads, NioIoHandler.newFactory()),
                NioServerSocketChannel.class,
                new StoreTransport(
                        NioSocketChannel.class,
                        new DnsAddressResolverGroup(
                                NioDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault())));
    }

    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        store.resolver().close();
    }
}
