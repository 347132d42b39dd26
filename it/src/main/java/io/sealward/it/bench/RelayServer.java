package io.sealward.it.bench;

import io.sealward.gateway.assembly.Transport;
import io.sealward.gateway.config.LimitsConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.FrontLimits;
import io.sealward.gateway.front.FrontServer;
import io.sealward.gateway.front.FrontSettings;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSettings;
import io.sealward.gateway.store.StoreSigners;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A {@link Relay} on the gateway's own loops and sockets. */
final class RelayServer {
    private RelayServer() {}

    /** Serves until the process ends. */
    static InetSocketAddress start(int storePort) {
        Transport transport = Transport.start();
        StoreSettings store = new StoreSettings(
                InetAddress.getLoopbackAddress().getHostAddress(),
                storePort,
                Optional.empty(),
                true,
                new StoreSettings.Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(4)));
        StoreClients clients = new StoreClients(
                store,
                transport.loops(),
                transport.store(),
                new StoreSigners(new StoreCredential("store", "store-secret"), BenchGateway.REGION, Clock.systemUTC()),
                new Events());
        S3Credential sender = new S3Credential(
                BenchGateway.ACCESS_KEY,
                BenchGateway.SECRET_KEY,
                new Project("org-bench", "proj_bench", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));
        SignatureVerifier verifier = new SignatureVerifier(
                id -> id.equals(sender.accessKeyId()) ? Optional.of(sender) : Optional.empty(), Clock.systemUTC());
        return FrontServer.start(
                        new FrontSettings(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Optional.empty(),
                                new FrontLimits(
                                        16 << 10,
                                        LimitsConfig.DEFAULT.headerSize(),
                                        LimitsConfig.DEFAULT.idleTimeout(),
                                        LimitsConfig.DEFAULT.bodyRate(),
                                        1000,
                                        1000)),
                        transport.loops(),
                        transport.front(),
                        new Relay(verifier, clients),
                        new Events())
                .address();
    }
}
