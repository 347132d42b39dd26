package io.sealward.gateway;

import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.assembly.Settings;
import io.sealward.gateway.assembly.Tenants;
import io.sealward.gateway.assembly.Transport;
import io.sealward.gateway.bucket.BucketOperations;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.certificate.ServingCertificates;
import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.MultipartConfig;
import io.sealward.gateway.config.S3Listener;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.copy.CopyOperations;
import io.sealward.gateway.cors.CrossOrigin;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.FrontServer;
import io.sealward.gateway.identity.IdentityTokens;
import io.sealward.gateway.key.KeyChanges;
import io.sealward.gateway.key.KeySettings;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.monitor.DenialsToOthers;
import io.sealward.gateway.monitor.RefusalLog;
import io.sealward.gateway.monitor.RoleLog;
import io.sealward.gateway.multipart.MultipartOperations;
import io.sealward.gateway.multipart.Uploads;
import io.sealward.gateway.notice.Notices;
import io.sealward.gateway.object.ObjectOperations;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.registry.table.NewAdminKey;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.service.Gate;
import io.sealward.gateway.service.Routes;
import io.sealward.gateway.service.S3Service;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSigners;
import io.sealward.gateway.sts.AssumeRole;
import io.sealward.gateway.sts.SessionTokens;
import io.sealward.gateway.sts.StsHandler;
import io.sealward.gateway.subresource.SubResourceOperations;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.providers.KekOpener;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server: {@link #start} assembles it from its configuration and serves, {@link #close} drains and stops it. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final long MAX_SECRETS = 100_000;
    private static final int CANARY_TURNS = 10;

    private final GatewayConfig config;
    private final Transport transport;
    private final Tenants tenants;
    private final ServingCertificates certificates;
    private final StoreClients stores;
    private final ObjectKeys keys;
    private final Budget documentMemory;
    private final IdentityTokens identities;
    private final FrontServer front;
    private final Optional<Management> management;
    private final Notices notices;
    private final KeyChanges keyChanges;
    private final AtomicInteger canaryTurn = new AtomicInteger();
    private volatile boolean serving = true;

    private Gateway(GatewayConfig config, Transport transport, Tenants tenants, ServingCertificates certificates) {
        this.config = config;
        this.transport = transport;
        this.tenants = tenants;
        this.certificates = certificates;
        SecureRandom random = new SecureRandom();
        StoreConfig store = config.store();
        this.stores = new StoreClients(
                Settings.store(store),
                transport.loops(),
                transport.store(),
                new StoreSigners(Settings.credential(store), store.region(), Clock.systemUTC()),
                tenants.events());
        this.keys = new ObjectKeys(
                tenants.keks(),
                new KeySettings(
                        config.keyCache().ttl(),
                        MAX_SECRETS,
                        config.keyCache().outageGrace(),
                        config.keyCache().unusedInterval(),
                        config.keyCache().provenWraps()),
                tenants.events(),
                random);
        Budget memory = Settings.requestMemory();
        RoleLog.watch(tenants.events());
        RefusalLog refusals = new RefusalLog(tenants.events());
        this.documentMemory = new Budget(config.s3().limits().documents());
        SessionTokens sessions =
                new SessionTokens(Settings.tokenKeys(config.sts()), tenants.roles(), Clock.systemUTC());
        SignatureVerifier verifier = new SignatureVerifier(tenants.credentials(), sessions, Clock.systemUTC());
        Addressing addressing = new Addressing(config.s3().domains());
        this.identities = new IdentityTokens(Settings.issuers(config.sts()));
        Documents documents = new Documents(stores, documentMemory);
        S3Service service = new S3Service(
                verifier,
                addressing,
                new Routes(operations(tenants, documents, random)),
                new Gate(tenants.buckets(), new CrossOrigin(documents, tenants.buckets()), documents),
                memory,
                config.s3().anonymousReads() == S3Listener.AnonymousReads.BY_POLICY);
        StsHandler handler = new StsHandler(
                service,
                addressing,
                new AssumeRole(identities, tenants.roles(), sessions, tenants.events()),
                verifier,
                tenants.buckets(),
                memory);
        this.front = FrontServer.start(
                Settings.front(config.s3(), certificates),
                transport.loops(),
                transport.front(),
                handler,
                tenants.events());
        tenants.metrics().gauge("sealward.connections", "Connections of S3 clients.", front::connections);
        tenants.metrics().gauge("sealward.memory.requests", "Bytes that requests under way may hold.", memory::taken);
        tenants.metrics().gauge("sealward.store.requests", "Requests that the store works on.", stores::underWay);
        tenants.metrics()
                .gauge("sealward.store.waiting", "Requests that wait for their turn at the store.", stores::waiting);
        tenants.metrics().gauge("sealward.exchanges", "S3 requests under way.", front::exchangesUnderWay);
        tenants.metrics()
                .gauge("sealward.documents", "Bytes that XML documents under way hold.", documentMemory::taken);
        this.notices = new Notices(config.notices(), tenants.events(), Clock.systemUTC());
        this.keyChanges = new KeyChanges(tenants.events(), Clock.systemUTC());
        tenants.registry().ifPresent(registry -> {
            registry.whenKeyRemoved(this::keyRemoved);
            registry.keyDenials().whenDeniedElsewhere(keys::suspect);
            DenialsToOthers.watch(tenants.events(), registry.keyDenials());
        });
        this.management = Management.start(config, tenants, keys, certificates, () -> serving);
        certificates.ends().ifPresent(any -> tenants.metrics()
                .gauge(
                        "sealward.certificate.ends.seconds",
                        "When the first certificate of a listener ends, in Unix time.",
                        () -> certificates.ends().orElse(any).getEpochSecond()));
        long turn = config.keyCache().canaryInterval().dividedBy(CANARY_TURNS).toMillis();
        transport.loops().scheduleAtFixedRate(this::canary, turn, turn, TimeUnit.MILLISECONDS);
        transport.loops().scheduleAtFixedRate(keys::tryUnusedKeys, 1, 1, TimeUnit.SECONDS);
        transport.loops().scheduleAtFixedRate(keyChanges::tell, 1, 1, TimeUnit.SECONDS);
        transport.loops().scheduleAtFixedRate(keys::tend, 1, 1, TimeUnit.SECONDS);
        transport.loops().scheduleAtFixedRate(tenants.monitor()::tellDenials, 1, 1, TimeUnit.MINUTES);
        transport.loops().scheduleAtFixedRate(refusals::tell, 1, 1, TimeUnit.MINUTES);
    }

    /**
     * Binds and serves.
     *
     * @throws IllegalStateException if a listener cannot be bound, or the keystore or the registry not opened
     */
    public static Gateway start(GatewayConfig config) {
        return start(config, Tenants.open(config));
    }

    /**
     * The same, with KEKs of the registry opened by {@code opener} instead of the configured clouds.
     *
     * @throws IllegalStateException if a listener cannot be bound, or the keystore or the registry not opened
     */
    public static Gateway start(GatewayConfig config, KekOpener opener) {
        return start(config, Tenants.open(config, opener));
    }

    private static Gateway start(GatewayConfig config, Tenants tenants) {
        try {
            return start(config, tenants, Transport.start());
        } catch (RuntimeException e) {
            tenants.close();
            throw e;
        }
    }

    private static Gateway start(GatewayConfig config, Tenants tenants, Transport transport) {
        ServingCertificates certificates = new ServingCertificates(Clock.systemUTC());
        try {
            return new Gateway(config, transport, tenants, certificates);
        } catch (RuntimeException e) {
            certificates.close();
            transport.stop();
            throw e;
        }
    }

    private void canary() {
        keys.tryKeksInUse(canaryTurn.getAndUpdate(turn -> (turn + 1) % CANARY_TURNS), CANARY_TURNS);
    }

    private void keyRemoved(String externalKeyId) {
        keys.withdraw(externalKeyId, "The registration was removed.");
        keyChanges.forget(externalKeyId);
        tenants.metrics().forget("key", externalKeyId);
    }

    /** Makes an organization and an admin key for it, if there is a registry that has no organization yet. */
    public Optional<NewAdminKey> firstAdminKey() {
        return tenants.registry().flatMap(registry -> registry.adminKeys().createFirst("default", "first"));
    }

    /** Where S3 clients connect. */
    public InetSocketAddress s3Address() {
        return front.address();
    }

    /** Where the management API is served, if it is. */
    public Optional<InetSocketAddress> managementAddress() {
        return management.map(Management::address);
    }

    private List<Operation> operations(Tenants tenants, Documents documents, SecureRandom random) {
        Buckets buckets = tenants.buckets();
        PartLayouts layouts = new PartLayouts(stores);
        Layout layout = config.multipart().partSizes() == MultipartConfig.PartSizes.ALIGNED
                ? Layout.ALIGNED_PARTS
                : Layout.PARTS;
        List<Operation> all = new ArrayList<>();
        all.addAll(BucketOperations.all(documents, buckets));
        all.addAll(SubResourceOperations.all(documents, tenants.keks(), buckets));
        all.addAll(ObjectOperations.all(stores, keys, layouts, buckets, random));
        Uploads uploads = new Uploads();
        all.addAll(MultipartOperations.all(uploads, documents, keys, layouts, layout, random));
        all.addAll(CopyOperations.all(uploads, documents, keys, layouts, buckets, random));
        return all;
    }

    /**
     * Is not ready from now on and goes on serving for the drain's delay, then stops accepting, waits for the requests under way as long as the
     * configuration allows, and lets everything go.
     */
    @Override
    public void close() {
        serving = false;
        try {
            if (management.isPresent()) {
                front.leave();
                Thread.sleep(config.drainDelay().toMillis());
            }
            front.drain().toCompletableFuture().get(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} requests were still under way after the drain time-out", front.exchangesUnderWay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // a drain only completes
        }
        management.ifPresent(Management::close);
        certificates.close();
        identities.close();
        notices.close();
        stores.closeIdle();
        transport.stop();
        tenants.close();
    }
}
