package io.sealward.gateway.management;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.sealward.gateway.management.http.ApiConnections;
import io.sealward.gateway.management.http.OpenRoute;
import io.sealward.gateway.management.http.Router;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.registry.Registry;
import io.sealward.providers.resilience.BoundedThreads;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The listener of health, metrics and the API. What may wait for the database runs on a few threads of its own. */
public final class ManagementServer implements AutoCloseable {
    private static final int READ_BYTES = 16 * 1024;
    static final int THREADS = 8;
    private static final int WAITING_REQUESTS = 256;
    private static final int WAITING_SCRAPES = 16;

    private final EventLoopGroup eventLoops;
    private final List<ThreadPoolExecutor> executors;
    private final ApiConnections connections;
    private final Channel listener;

    private ManagementServer(
            EventLoopGroup eventLoops,
            List<ThreadPoolExecutor> executors,
            ApiConnections connections,
            Channel listener) {
        this.eventLoops = eventLoops;
        this.executors = executors;
        this.connections = connections;
        this.listener = listener;
    }

    /**
     * Binds and serves. Without an API it serves health and metrics only.
     *
     * @throws IllegalStateException if the address cannot be bound
     */
    public static ManagementServer start(ManagementSettings settings, Optional<Api> api, Metrics metrics) {
        ThreadPoolExecutor executor = BoundedThreads.of("sealward-management", THREADS, WAITING_REQUESTS);
        ThreadPoolExecutor scraper = BoundedThreads.of("sealward-metrics", 1, WAITING_SCRAPES);
        Map<String, OpenRoute> open = new HashMap<>(
                new OperationsRoutes(settings.readiness(), metrics, settings.metricsToken(), scraper).routes());
        api.ifPresent(administered -> {
            open.putAll(Api.description());
            watch(administered.registry(), metrics);
        });
        Router router = new Router(
                api.map(administered -> administered.routes(executor)).orElse(List.of()),
                open,
                api.map(administered -> administered.registry().adminKeys()),
                metrics,
                executor);
        EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ApiConnections connections = new ApiConnections(router, settings.tls());
        ChannelFuture bound = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                // What one socket read brings is decoded at once: this bounds it.
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES))
                .childHandler(connections)
                .bind(settings.address())
                .awaitUninterruptibly();
        ManagementServer server =
                new ManagementServer(eventLoops, List.of(executor, scraper), connections, bound.channel());
        if (!bound.isSuccess()) {
            server.shutDown();
            throw new IllegalStateException(
                    "cannot listen on " + settings.address() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return server;
    }

    private static void watch(Registry registry, Metrics metrics) {
        metrics.gauge(
                "sealward.registry.age.seconds",
                "How long ago the database last confirmed what is in memory.",
                () -> registry.age().toMillis() / 1000.0);
        metrics.gauge("sealward.audit.lost", "Audit events that were logged but not stored, since the start.", () ->
                (double) registry.audit().lost());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Connections that are open now. */
    int connections() {
        return connections.open();
    }

    /** Stops listening, cuts what is open and waits a few seconds for the rest. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        shutDown();
    }

    private void shutDown() {
        eventLoops.shutdownGracefully(0, 3, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        executors.forEach(ExecutorService::shutdownNow);
    }
}
