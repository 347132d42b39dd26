package io.sealward.gateway;

import io.sealward.gateway.assembly.Tenants;
import io.sealward.gateway.certificate.ServingCertificates;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.management.Api;
import io.sealward.gateway.management.ManagementServer;
import io.sealward.gateway.management.ManagementSettings;
import io.sealward.gateway.management.ReadinessCheck;
import io.sealward.gateway.management.externalkey.KeyControl;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.Registry;
import io.sealward.providers.KmsException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The management listener of a running gateway. */
record Management(ManagementServer server) implements AutoCloseable {
    private static final Duration STALE = Duration.ofSeconds(30);

    /** Starts it if the configuration asks for it; without a registry there is nothing to administer, only to watch. */
    static Optional<Management> start(
            GatewayConfig config,
            Tenants tenants,
            ObjectKeys keys,
            ServingCertificates certificates,
            BooleanSupplier serving) {
        return config.management()
                .map(management -> new Management(ManagementServer.start(
                        settings(management, certificates, readiness(tenants.registry(), serving)),
                        tenants.registry().map(registry -> api(config, tenants, registry, keys)),
                        tenants.metrics())));
    }

    private static Api api(GatewayConfig config, Tenants tenants, Registry registry, ObjectKeys keys) {
        return new Api(registry, tenants.opener(), control(keys), new Onboarding(config.clouds()));
    }

    private static ManagementSettings settings(
            ManagementConfig config, ServingCertificates certificates, List<ReadinessCheck> readiness) {
        return new ManagementSettings(
                new InetSocketAddress(config.host(), config.port()),
                config.tls().map(certificates::of),
                readiness,
                config.metricsToken());
    }

    private static List<ReadinessCheck> readiness(Optional<Registry> registry, BooleanSupplier serving) {
        List<ReadinessCheck> checks = new ArrayList<>();
        checks.add(new ReadinessCheck(
                "serving", true, () -> serving.getAsBoolean() ? Optional.empty() : Optional.of("stopping")));
        registry.ifPresent(open -> {
            checks.add(fresh(open::age));
            checks.add(lease(open::leaseIsOver));
        });
        return checks;
    }

    /** Not required: until its lease is over, a gateway serves whom it knows, and all gateways lose the database at once. */
    static ReadinessCheck fresh(Supplier<Duration> age) {
        return new ReadinessCheck("registry", false, () -> Optional.of(age.get())
                .filter(since -> since.compareTo(STALE) >= 0)
                .map(since -> "the database has not answered for " + since.toSeconds() + " s"));
    }

    static ReadinessCheck lease(BooleanSupplier over) {
        return new ReadinessCheck(
                "registry-lease",
                true,
                () -> over.getAsBoolean()
                        ? Optional.of("the database has not answered for longer than the lease")
                        : Optional.empty());
    }

    private static KeyControl control(ObjectKeys keys) {
        return new KeyControl() {
            @Override
            public Optional<KeyState> state(String externalKeyId) {
                return keys.state(externalKeyId);
            }

            @Override
            public void proved(KeyStands.Key key, Optional<KmsException> failure) {
                keys.proved(key, failure);
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
