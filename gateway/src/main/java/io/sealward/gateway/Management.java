package io.sealward.gateway;

import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.management.KeyControl;
import io.sealward.gateway.management.ManagementServer;
import io.sealward.gateway.management.ManagementSettings;
import io.sealward.gateway.management.ReadinessCheck;
import io.sealward.gateway.onboarding.GatewayIdentity;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.Registry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The management listener of a running gateway. */
record Management(ManagementServer server) implements AutoCloseable {
    private static final Duration STALE = Duration.ofSeconds(30);

    /** Starts it if the configuration asks for it. */
    static Optional<Management> start(GatewayConfig config, Tenants tenants, ObjectKeys keys) {
        return config.management().map(management -> {
            Registry registry = tenants.registry()
                    .orElseThrow(() -> new IllegalStateException("the management API needs a registry"));
            return new Management(ManagementServer.start(
                    settings(management, registry),
                    registry,
                    tenants.opener(),
                    control(tenants.monitor(), keys),
                    new Onboarding(GatewayIdentity.of(config.clouds())),
                    tenants.metrics()));
        });
    }

    private static ManagementSettings settings(ManagementConfig config, Registry registry) {
        ReadinessCheck fresh = new ReadinessCheck(
                "registry",
                () -> registry.age().compareTo(STALE) < 0
                        ? Optional.empty()
                        : Optional.of("the database has not answered for "
                                + registry.age().toSeconds() + " s"));
        return new ManagementSettings(
                new InetSocketAddress(config.host(), config.port()),
                config.tls().map(Settings::serverTls),
                List.of(fresh));
    }

    private static KeyControl control(KeyMonitor monitor, ObjectKeys keys) {
        return new KeyControl() {
            @Override
            public Optional<KeyState> state(String externalKeyId) {
                return monitor.state(externalKeyId);
            }

            @Override
            public void purge(String externalKeyId, String reason) {
                keys.withdraw(externalKeyId, reason);
            }
        };
    }

    InetSocketAddress address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
