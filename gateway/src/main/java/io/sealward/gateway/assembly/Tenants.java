package io.sealward.gateway.assembly;

import io.sealward.gateway.audit.AuditLog;
import io.sealward.gateway.config.AuditConfig;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.metrics.Named;
import io.sealward.gateway.monitor.KeyMonitor;
import io.sealward.gateway.monitor.Meters;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Roles;
import io.sealward.providers.KekOpener;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may ask for what, and whose KEK seals it: from the registry if there is one, else from the configuration. Holds
 * the watch over keys as well, of which their owners are to hear.
 */
public record Tenants(
        Credentials credentials,
        Roles roles,
        Buckets buckets,
        Keks keks,
        Optional<Keks.Registered> byDefault,
        Optional<Registry> registry,
        KekOpener opener,
        KeyMonitor monitor,
        Events events,
        Metrics metrics,
        AutoCloseable owned)
        implements AutoCloseable {
    private static final int AUDIT_QUEUE = 10_000;

    /**
     * Opens what the configuration says, with the gateway's identities at the clouds.
     *
     * @throws IllegalStateException if something of it cannot be opened
     */
    public static Tenants open(GatewayConfig config) {
        return open(config, kek -> Clouds.open(config.clouds(), kek));
    }

    /** The same with keys opened by {@code opener}, which the caller closes. */
    public static Tenants open(GatewayConfig config, KekOpener opener) {
        return open(config, kek -> Clouds.of(opener));
    }

    private static Tenants open(GatewayConfig config, Function<Optional<DefaultKek>, Clouds> clouds) {
        Optional<DefaultKek> kek = config.kek().map(DefaultKek::open);
        try {
            return open(config, clouds.apply(kek), kek);
        } catch (RuntimeException e) {
            kek.ifPresent(DefaultKek::close);
            throw e;
        }
    }

    private static Tenants open(GatewayConfig config, Clouds clouds, Optional<DefaultKek> kek) {
        Metrics metrics = new Metrics();
        Events events = new Events();
        Meters.watch(
                events,
                metrics,
                new Named(config.management()
                        .map(ManagementConfig::metricsProjects)
                        .orElse(ManagementConfig.DEFAULT_METRICS_PROJECTS)));
        try {
            return config.registry()
                    .map(settings -> registered(
                            RegistryOpening.at(settings, config.store().responseTimeout(), clouds.opener()),
                            config.audit(),
                            clouds,
                            kek,
                            events,
                            metrics))
                    .orElseGet(() -> configured(config, clouds, kek, events, metrics));
        } catch (RuntimeException e) {
            clouds.close();
            metrics.close();
            throw e;
        }
    }

    private static Tenants registered(
            Registry registry,
            AuditConfig audit,
            Clouds clouds,
            Optional<DefaultKek> kek,
            Events events,
            Metrics metrics) {
        AuditKeeping keeping = kept(registry, audit, events, metrics);
        Optional<Keks.Registered> byDefault = kek.map(DefaultKek::registered);
        return new Tenants(
                registry.credentials(),
                registry.roles(),
                registry.buckets(),
                registry.keks(byDefault),
                byDefault,
                Optional.of(registry),
                clouds.opener(),
                new KeyMonitor(events, registry.audit(), Clock.systemUTC()),
                events,
                metrics,
                () -> {
                    keeping.close(); // before the database
                    registry.close();
                    clouds.close();
                    kek.ifPresent(DefaultKek::close);
                });
    }

    private static AuditKeeping kept(Registry registry, AuditConfig audit, Events events, Metrics metrics) {
        try {
            return AuditKeeping.of(registry, audit, events, metrics);
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
    }

    private static Tenants configured(
            GatewayConfig config, Clouds clouds, Optional<DefaultKek> kek, Events events, Metrics metrics) {
        Optional<Keks.Registered> byDefault = kek.map(DefaultKek::registered);
        ConfiguredTenants tenants = new ConfiguredTenants(config.projects(), byDefault);
        AuditLog audit = new AuditLog(entries -> {}, Clock.systemUTC(), AUDIT_QUEUE); // its log lines are the record
        AuditKeeping keeping = AuditKeeping.of(audit, config.audit(), events, metrics);
        return new Tenants(
                tenants,
                tenants,
                tenants,
                tenants,
                byDefault,
                Optional.empty(),
                clouds.opener(),
                new KeyMonitor(events, audit, Clock.systemUTC()),
                events,
                metrics,
                () -> {
                    keeping.close();
                    audit.close();
                    clouds.close();
                    kek.ifPresent(DefaultKek::close);
                });
    }

    @Override
    public void close() {
        monitor.close();
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException(e); // none of them throws
        } finally {
            metrics.close();
        }
    }
}
