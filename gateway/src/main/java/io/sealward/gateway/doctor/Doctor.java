package io.sealward.gateway.doctor;

import io.sealward.gateway.assembly.Tenants;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.ManagementConfig;
import io.sealward.gateway.config.TlsConfig;
import io.sealward.gateway.key.WrapContexts;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.Organization;
import io.sealward.providers.KekOpener;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at all that a gateway depends on, without being one: certificates, the store, the keystore, the registry, logins
 * of the gateway itself, and every registered key by the same proof as at its registration. Changes nothing, but opening the registry brings it up to
 * date, and {@link #probe} writes into the store.
 */
public final class Doctor {
    private static final long PATIENCE_SECONDS = 30;
    private static final int PAGE = 100;

    private final GatewayConfig config;
    private final Optional<KekOpener> opener;
    private final Consumer<Finding> report;

    private Doctor(GatewayConfig config, Optional<KekOpener> opener, Consumer<Finding> report) {
        this.config = config;
        this.opener = opener;
        this.report = report;
    }

    /** Reports each finding as soon as there is one. May take as long as the slowest cloud. */
    public static void examine(GatewayConfig config, Consumer<Finding> report) {
        new Doctor(config, Optional.empty(), report).examine();
    }

    /** The same, with the registered keys opened by {@code opener} instead of the configured clouds. */
    public static void examine(GatewayConfig config, KekOpener opener, Consumer<Finding> report) {
        new Doctor(config, Optional.of(opener), report).examine();
    }

    /**
     * Tries what the store does with writes that break off and with keys that end in {@code /}. Takes some seconds.
     *
     * @param bucket to write into; without one a bucket is made and removed
     */
    public static void probe(GatewayConfig config, Optional<String> bucket, Consumer<Finding> report) {
        StoreProbe.run(config.store(), bucket, report);
    }

    /** Looks at the listeners' certificates alone. Asks nobody. */
    public static void examineFiles(GatewayConfig config, Consumer<Finding> report) {
        new Doctor(config, Optional.empty(), report).certificates();
    }

    /** Asks the store alone whether it takes the gateway's own credential. Takes as long as the store. */
    public static Finding examineStore(GatewayConfig config) {
        return StoreCheck.of(config.store()).run();
    }

    private void certificates() {
        config.s3().tls().ifPresent(tls -> certificate("s3.tls", tls));
        config.management().flatMap(ManagementConfig::tls).ifPresent(tls -> certificate("management.tls", tls));
    }

    private void examine() {
        certificates();
        report.accept(examineStore(config));
        config.projects().forEach(project -> project.store()
                .map(own -> StoreCheck.of(config.store(), project.project(), own))
                .ifPresent(check -> report.accept(check.run())));
        String subject = config.registry().isPresent() ? "registry" : "keys";
        try (Tenants tenants = opener.map(given -> Tenants.open(config, given)).orElseGet(() -> Tenants.open(config))) {
            report.accept(Finding.well(subject));
            tenants.opener().logins().forEach((type, login) -> run("clouds." + type, () -> login));
            tenants.registry().ifPresent(registry -> registered(registry, tenants.opener()));
            config.kek().ifPresent(kek -> gatewaysOwn(kek.key(), tenants));
        } catch (RuntimeException e) {
            report.accept(Finding.wrong(subject, String.valueOf(e.getMessage())));
        }
    }

    private void certificate(String section, TlsConfig tls) {
        report.accept(CertificateCheck.of(section + " " + tls.certificate(), tls, Instant.now()));
    }

    private void registered(Registry registry, KekOpener keks) {
        for (Organization organization : registry.organizations().list()) {
            Optional<String> after = Optional.empty();
            Page<ExternalKey> page;
            do {
                page = registry.externalKeys().list(organization.id(), new Page.Request(after, PAGE, Page.Order.ASC));
                page.data().forEach(key -> prove(organization, key, keks));
                after = page.data().stream().reduce((first, last) -> last).map(ExternalKey::id);
            } while (page.hasMore());
        }
    }

    private void prove(Organization organization, ExternalKey key, KekOpener keks) {
        String subject = key.id() + " (" + key.spec().type() + ") of " + organization.id();
        run(
                subject,
                () -> keks.check(
                        organization.id(),
                        key.spec(),
                        WrapContexts.ofProof(organization.id(), key.spec().project(), Optional.empty())));
    }

    private void gatewaysOwn(String name, Tenants tenants) {
        tenants.byDefault()
                .ifPresent(kek -> run(
                        "kek " + name,
                        () -> RegistrationCheck.roundTrip(
                                kek.kek(), WrapContext.of(Map.of("sealward:check", "doctor")))));
    }

    private void run(String subject, Supplier<RegistrationCheck> check) {
        report.accept(outcome(subject, check));
    }

    private static Finding outcome(String subject, Supplier<RegistrationCheck> check) {
        try {
            check.get().run().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return Finding.well(subject);
        } catch (TimeoutException e) {
            return Finding.wrong(
                    subject, "did not answer within " + PATIENCE_SECONDS + " s. Check the way to its cloud.");
        } catch (ExecutionException e) {
            return Finding.wrong(subject, String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.wrong(subject, "was not looked at to the end");
        } catch (RuntimeException e) {
            return Finding.wrong(subject, String.valueOf(e.getMessage()));
        }
    }
}
