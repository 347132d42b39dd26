package io.sealward.gateway.management;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.Registry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The management API's listener. Answers are made on a few threads of its own, never on an event loop. */
public final class ManagementServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_CHUNK_BYTES = 16 * 1024;
    private static final int IDLE_SECONDS = 60;
    private static final int THREADS = 8;
    private static final int WAITING_REQUESTS = 256;

    private final EventLoopGroup eventLoops;
    private final ThreadPoolExecutor executor;
    private final Channel listener;

    private ManagementServer(EventLoopGroup eventLoops, ThreadPoolExecutor executor, Channel listener) {
        this.eventLoops = eventLoops;
        this.executor = executor;
        this.listener = listener;
    }

    /** Binds, or throws. The registry, the metrics and the opener stay their owner's to close. */
    public static ManagementServer start(
            ManagementSettings settings,
            Registry registry,
            KekOpener opener,
            KeyControl control,
            Onboarding onboarding,
            Metrics metrics) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "sealward-management");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        Router router = new Router(
                routes(registry, opener, control, onboarding, executor),
                new OperationsRoutes(settings.readiness(), metrics).routes(),
                registry.adminKeys(),
                metrics,
                executor);
        watch(registry, metrics);
        EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel listener = new ServerBootstrap()
                    .group(eventLoops)
                    .channel(NioServerSocketChannel.class)
                    .childHandler(new Connection(router, settings.tls()))
                    .bind(settings.address())
                    .syncUninterruptibly()
                    .channel();
            return new ManagementServer(eventLoops, executor, listener);
        } catch (Throwable e) { // Netty throws the checked BindException undeclared
            shutDown(eventLoops, executor);
            throw e;
        }
    }

    private static void watch(Registry registry, Metrics metrics) {
        metrics.gauge(
                "sealward.registry.age.seconds",
                "How long ago the database last confirmed what is in memory.",
                () -> registry.age().toMillis() / 1000.0);
        metrics.gauge("sealward.audit.lost", "Audit events that were logged but not stored, since the start.", () ->
                (double) registry.audit().lost());
    }

    static List<Route> routes(
            Registry registry, KekOpener opener, KeyControl control, Onboarding onboarding, Executor executor) {
        Proofs proofs = new Proofs(opener);
        Registration registration =
                new Registration(registry.externalKeys(), registry.projects(), proofs, registry.audit(), executor);
        return Stream.of(
                        new OnboardingRoutes(onboarding, registry.projects()).routes(),
                        new ExternalKeyRoutes(
                                        registry.externalKeys(),
                                        registration,
                                        proofs,
                                        control,
                                        registry.audit(),
                                        executor)
                                .routes(),
                        new ProjectRoutes(registry.projects(), registry.audit()).routes(),
                        new S3CredentialRoutes(registry.s3Credentials(), registry.projects(), registry.audit())
                                .routes(),
                        new BucketRoutes(registry.bucketClaims(), registry.projects(), registry.audit()).routes(),
                        new AuditLogRoutes(registry.auditEntries()).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops listening, cuts what is open and waits a few seconds for the rest. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        shutDown(eventLoops, executor);
    }

    private static void shutDown(EventLoopGroup eventLoops, ThreadPoolExecutor executor) {
        eventLoops.shutdownGracefully(0, 3, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        executor.shutdownNow();
    }

    /** The pipeline of each connection. */
    private static final class Connection extends ChannelInitializer<SocketChannel> {
        private final Router router;
        private final Optional<SslContext> tls;

        Connection(Router router, Optional<SslContext> tls) {
            this.router = router;
            this.tls = tls;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            ChannelPipeline pipeline = channel.pipeline();
            tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
            pipeline.addLast(
                    new IdleStateHandler(IDLE_SECONDS, 0, 0),
                    new HttpServerCodec(MAX_LINE_BYTES, MAX_HEADER_BYTES, MAX_CHUNK_BYTES),
                    new BodyLimit(MAX_BODY_BYTES),
                    new ApiHandler(router));
        }
    }
}
