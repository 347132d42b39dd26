package io.sealward.it.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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
import io.sealward.gateway.config.LimitsConfig;
import io.sealward.gateway.front.FrontServer;
import io.sealward.gateway.front.FrontSettings;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSettings;
import io.sealward.gateway.store.StoreTransport;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A {@link Relay} on loops and sockets set up as the gateway sets up its own. */
final class RelayServer {
    private RelayServer() {}

    /** Serves until the process ends. */
    static InetSocketAddress start(int storePort) {
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        StoreTransport transport = new StoreTransport(
                epoll ? EpollSocketChannel.class : NioSocketChannel.class,
                new DnsAddressResolverGroup(
                        epoll ? EpollDatagramChannel.class : NioDatagramChannel.class,
                        DnsServerAddressStreamProviders.platformDefault()));
        StoreSettings store = new StoreSettings(
                InetAddress.getLoopbackAddress().getHostAddress(),
                storePort,
                Optional.empty(),
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(4));
        StoreClients clients = new StoreClients(
                store,
                loops,
                transport,
                new RequestSigner("store", "store-secret", BenchGateway.REGION, Clock.systemUTC()));
        S3Credential sender = new S3Credential(
                BenchGateway.ACCESS_KEY,
                BenchGateway.SECRET_KEY,
                new Project("org-bench", "proj_bench", Optional.empty(), KeyMode.PER_OBJECT));
        SignatureVerifier verifier = new SignatureVerifier(
                id -> id.equals(sender.accessKeyId()) ? Optional.of(sender) : Optional.empty(), Clock.systemUTC());
        return FrontServer.start(
                        new FrontSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty(),
                                16 << 10,
                                LimitsConfig.DEFAULT.headerSize(),
                                LimitsConfig.DEFAULT.idleTimeout()),
                        loops,
                        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class,
                        new Relay(verifier, clients),
                        (operation, status, received, sent, nanos) -> {})
                .address();
    }
}
