package io.sealward.it.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A store that costs next to nothing, so that what is measured is in front of it. It knows GET and PUT and believes every
 * signature. What is put into the bucket {@link #KEPT} is kept and can be read; what is put into any other is read
 * and forgotten, into the bucket {@link #HELD} only after a {@code POST /release}.
 */
final class NullStore implements AutoCloseable {
    static final String KEPT = "kept";
    static final String FORGOTTEN = "forgotten";
    static final String HELD = "held";
    static final String RELEASE = "/release";

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;

    private NullStore(MultiThreadIoEventLoopGroup loops, Channel listener) {
        this.loops = loops;
        this.listener = listener;
    }

    static NullStore start() {
        boolean epoll = Epoll.isAvailable();
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Map<String, KeptObject> objects = new ConcurrentHashMap<>();
        Promise<Void> released = GlobalEventExecutor.INSTANCE.newPromise();
        HttpDecoderConfig decoder =
                new HttpDecoderConfig().setMaxHeaderSize(64 << 10).setMaxChunkSize(256 << 10);
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(decoder))
                                .addLast(new NullStoreConnection(objects, released));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return new NullStore(loops, listener);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** The store as a child process: prints its port and serves until its input ends. */
    public static void main(String[] args) throws IOException {
        try (NullStore store = start()) {
            System.out.println(store.port());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
