package io.sealward.gateway.loopback;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.bucket.BucketOperations;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.copy.CopyOperations;
import io.sealward.gateway.cors.CrossOrigin;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.FrontLimits;
import io.sealward.gateway.front.FrontServer;
import io.sealward.gateway.front.FrontSettings;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.key.KeySettings;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.multipart.MultipartOperations;
import io.sealward.gateway.multipart.Uploads;
import io.sealward.gateway.object.ObjectOperations;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.service.Routes;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreSettings;
import io.sealward.gateway.store.StoreSettings.AtOnce;
import io.sealward.gateway.store.StoreSettings.Timeouts;
import io.sealward.gateway.store.StoreSigners;
import io.sealward.gateway.subresource.SubResourceOperations;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.StoreCredential;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The data path between a raw client and a loopback store, without signatures: every request is the project's own. */
public final class LoopbackGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LoopbackSockets sockets;
    private final CountingKek kek = new CountingKek();
    private final OneKek keks = new OneKek(kek, new AtomicReference<>("extkey_1"));
    private final Budget requestMemory = new Budget(64 << 20);
    private final Budget documentMemory = new Budget(64 << 20);
    private final StoreClients clients;
    private final ObjectKeys keys;
    private final FrontServer front;
    private final Routes routes;
    private final CrossOrigin crossOrigin;
    private final Addressing addressing = new Addressing(List.of());
    private final Buckets buckets;
    private final S3Credential credential;

    /** How a gateway under test differs from the usual. */
    public record Options(
            KeyMode keyMode, Layout layout, Duration cacheTtl, Set<String> mixed, Duration idleTimeout, int atOnce) {
        public static Options usual() {
            return new Options(
                    KeyMode.PER_OBJECT, Layout.PARTS, Duration.ofMinutes(1), Set.of(), PATIENCE, Integer.MAX_VALUE);
        }

        public Options layout(Layout other) {
            return new Options(keyMode, other, cacheTtl, mixed, idleTimeout, atOnce);
        }

        public Options keyMode(KeyMode other) {
            return new Options(other, layout, cacheTtl, mixed, idleTimeout, atOnce);
        }

        public Options cacheTtl(Duration other) {
            return new Options(keyMode, layout, other, mixed, idleTimeout, atOnce);
        }

        /** The store works on so many requests at once, and on so many listings. */
        public Options atOnce(int other) {
            return new Options(keyMode, layout, cacheTtl, mixed, idleTimeout, other);
        }

        public Options mixed(String bucket) {
            return new Options(keyMode, layout, cacheTtl, Set.of(bucket), idleTimeout, atOnce);
        }
    }

    public LoopbackGateway(LoopbackStore store) {
        this(store, Options.usual());
    }

    public LoopbackGateway(LoopbackStore store, Options options) {
        this(store, options, LoopbackSockets.counted());
    }

    public LoopbackGateway(LoopbackStore store, Options options, LoopbackSockets sockets) {
        this(store, options, sockets, OwnBuckets.mixed(options.mixed()));
    }

    public LoopbackGateway(LoopbackStore store, Options options, LoopbackSockets sockets, Buckets buckets) {
        this.sockets = sockets;
        this.buckets = buckets;
        credential = new S3Credential(
                "access",
                "secret",
                new Project("org-1", "proj_1", Optional.empty(), options.keyMode(), Optional.empty()));
        SecureRandom random = new SecureRandom();
        clients = new StoreClients(
                new StoreSettings(
                                "127.0.0.1",
                                store.port(),
                                Optional.empty(),
                                true,
                                new Timeouts(PATIENCE, PATIENCE, PATIENCE))
                        .with(new AtOnce(options.atOnce(), options.atOnce())),
                sockets.loops(),
                sockets.store(),
                new StoreSigners(new StoreCredential("access", "secret"), "us-east-1", Clock.systemUTC()),
                new Events());
        keys = new ObjectKeys(
                keks,
                new KeySettings(options.cacheTtl(), 1_000, Duration.ofMinutes(5), Duration.ZERO, 0),
                new Events(),
                random);
        Documents documents = new Documents(clients, documentMemory);
        PartLayouts layouts = new PartLayouts(clients);
        List<Operation> operations = new ArrayList<>();
        operations.addAll(BucketOperations.all(documents, buckets));
        operations.addAll(SubResourceOperations.all(documents, keks, buckets));
        operations.addAll(ObjectOperations.all(clients, keys, layouts, buckets, random));
        Uploads uploads = new Uploads();
        operations.addAll(MultipartOperations.all(uploads, documents, keys, layouts, options.layout(), random));
        operations.addAll(CopyOperations.all(uploads, documents, keys, layouts, buckets, random));
        routes = new Routes(operations);
        crossOrigin = new CrossOrigin(documents, buckets);
        front = serve(sockets, limits(options.idleTimeout()), this::handle, new Events());
    }

    /** A front alone, of which no exchange fails but by what {@code handler} throws. */
    public static FrontServer start(LoopbackSockets sockets, Duration idleTimeout, Consumer<Exchange> handler) {
        return start(sockets, idleTimeout, handler, new Events());
    }

    /** A front alone, observed. */
    public static FrontServer start(
            LoopbackSockets sockets, Duration idleTimeout, Consumer<Exchange> handler, Events events) {
        return start(sockets, limits(idleTimeout), handler, events);
    }

    /** Of a front on which no bound but the idle time-out is near. */
    public static FrontLimits limits(Duration idleTimeout) {
        return new FrontLimits(16 << 10, 16 << 10, idleTimeout, 0, 1000, 1000);
    }

    /** A front alone, observed, with bounds of its own. */
    public static FrontServer start(
            LoopbackSockets sockets, FrontLimits limits, Consumer<Exchange> handler, Events events) {
        return serve(
                sockets,
                limits,
                exchange -> {
                    handler.accept(exchange);
                    return CompletableFuture.completedStage(null);
                },
                events);
    }

    /** The same with a handler that may fail later. */
    public static FrontServer serve(
            LoopbackSockets sockets, FrontLimits limits, RequestHandler handler, Events events) {
        return FrontServer.start(
                new FrontSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), limits),
                sockets.loops(),
                sockets.front(),
                handler,
                events);
    }

    private CompletionStage<Void> handle(Exchange exchange) {
        exchange.countAgainst(requestMemory.lease(credential.project().id()));
        HttpRequest head = exchange.request();
        RequestTarget target = RequestTarget.parse(head.uri());
        Place place = addressing.find("gateway", target.path());
        if (head.method().equals(HttpMethod.OPTIONS)) {
            return crossOrigin.preflight(exchange, place);
        }
        Operation operation = routes.find(head.method(), place.level(), target, head.headers());
        PayloadPolicy payload =
                PayloadPolicy.of(head.headers().get("x-amz-content-sha256", PayloadPolicy.UNSIGNED_PAYLOAD), null);
        operation.declaration().accepts().check(head.headers(), payload);
        S3Request request = new S3Request(
                head.method(), place, target, head.headers(), buckets.admit(credential), new AllAllowed(), payload);
        return crossOrigin
                .admit(exchange, request.admission(), place)
                .thenCompose(told -> operation.handle(request, exchange));
    }

    public CountingKek kek() {
        return kek;
    }

    /** What the streams under way hold. */
    public Budget requestMemory() {
        return requestMemory;
    }

    /** What the documents under way hold. */
    public Budget documentMemory() {
        return documentMemory;
    }

    /** The store, as all requests share it. */
    public StoreClients store() {
        return clients;
    }

    public ObjectKeys keys() {
        return keys;
    }

    public FrontServer front() {
        return front;
    }

    public RawClient connect() {
        return new RawClient(front.address());
    }

    @Override
    public void close() {
        sockets.close();
        kek.close();
    }

    /** Has what is written from now on sealed under another registration than {@code extkey_1}. */
    public void sealUnder(String externalKeyId) {
        keks.current().set(externalKeyId);
    }

    private record OneKek(CountingKek kek, AtomicReference<String> current) implements Keks {
        @Override
        public List<Use> uses() {
            return List.of();
        }

        @Override
        public Optional<Registered> forProject(Project project) {
            return Optional.of(new Registered(current.get(), kek));
        }

        @Override
        public Optional<Registered> find(Project project, String externalKeyId) {
            return Optional.of(new Registered(externalKeyId, kek));
        }
    }
}
