package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.HeaderRules;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * GetObject. One request to the store brings metadata and bytes together: the range is asked for where it was last, or
 * where arithmetic puts it, and beside it, where nothing is known of the object, the two frames that prove its layout.
 * Only where the object turns out otherwise is the right range asked for again, under the ETag of the first answer, so
 * that an overwrite in between cannot mix two objects. At most one KMS call.
 */
final class GetObject implements Operation {
    private static final HeaderRules HEADERS = HeaderRules.of("x-amz-checksum-mode");
    private static final int ATTEMPTS = 3;

    private final StoreClients clients;
    private final ObjectKeys keys;
    private final ReadPlans plans;
    private final Buckets buckets;
    private final UnsealedObjects unsealed;

    GetObject(StoreClients clients, ObjectKeys keys, ReadPlans plans, Buckets buckets, UnsealedObjects unsealed) {
        this.clients = clients;
        this.keys = keys;
        this.plans = plans;
        this.buckets = buckets;
        this.unsealed = unsealed;
    }

    @Override
    public HeaderRules headerRules() {
        return HEADERS;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        StoreClient client = clients.on(exchange.eventLoop(), request.admission());
        attempt(new Read(request, ReadPlans.Wanted.of(request), exchange, client), 1)
                .exceptionally(failure -> {
                    BrokenSeal.fail(request, exchange, failure);
                    return null;
                });
    }

    private record Read(S3Request request, ReadPlans.Wanted wanted, Exchange exchange, StoreClient client) {
        EventLoop loop() {
            return exchange.eventLoop();
        }
    }

    /** An answer of the store, and what of it is to be read. */
    private record Planned(StoreClient.Answered answered, StoredObject object, ReadPlan plan) {}

    private ObjectEnds ends(Read read, int attempt) {
        if (read.wanted().whole() || plans.lastKnown(read.request()).isPresent()) {
            return ObjectEnds.none();
        }
        if (attempt == 1) {
            read.exchange().reserve(RequestMemory.ofFrames(1));
        }
        return ObjectEnds.ask(read.client(), read.request());
    }

    private CompletionStage<Void> attempt(Read read, int attempt) {
        StoreRequest get = ReadPlans.storeRequest(HttpMethod.GET, read.request());
        plans.rangeToAsk(read.request(), read.wanted()).ifPresent(range -> get.header(HttpHeaderNames.RANGE, range));
        ObjectEnds ends = ends(read, attempt);
        CompletionStage<StoreClient.Answered> asked = read.client().fetch(get);
        return asked.thenCompose(fetched -> fetched.then(answered -> begin(read, answered, ends)))
                .exceptionallyCompose(failure -> {
                    if (!Overwritten.isCauseOf(failure)) {
                        return CompletableFuture.failedStage(failure);
                    }
                    return attempt < ATTEMPTS
                            ? attempt(read, attempt + 1)
                            : CompletableFuture.failedStage(new S3Exception(S3Error.SLOW_DOWN));
                });
    }

    private CompletionStage<Void> begin(Read read, StoreClient.Answered answered, ObjectEnds ends) {
        int status = answered.response().status();
        if (status == 304) {
            return read.client().collect(answered, 0).thenAccept(unchanged -> read.exchange()
                    .respond(Response.empty(
                            304, ReadPlan.describe(read.request(), StoredObject.of(answered.response())))));
        }
        boolean unsealedPerhaps = buckets.mixed(read.request().bucket());
        if (status == 416 && read.wanted().range().isPresent() && unsealedPerhaps) {
            answered.call().abort();
            return unsealed.serve(read.request(), read.exchange(), S3Error.INVALID_RANGE);
        }
        if (status == 416
                && plans.lastKnown(read.request()).isPresent()) { // what was there may have been another object
            answered.call().abort();
            plans.forgetLast(read.request());
            throw Overwritten.slowDown();
        }
        if (status != 200 && status != 206) {
            return StoreErrors.relay(read.client(), answered);
        }
        StoredObject object = StoredObject.of(answered.response());
        if (Conditions.unchanged(read.request().headers(), object.etag())) {
            answered.call().abort();
            read.exchange().respond(Response.empty(304, ReadPlan.describe(read.request(), object)));
            return CompletableFuture.completedStage(null);
        }
        if (object.seal().isEmpty() && (read.wanted().whole() || unsealed.marker(read.request(), object))) {
            return unsealed.relay(read.request(), read.exchange(), answered, object);
        }
        if (object.seal().isEmpty()) {
            answered.call().abort();
            return unsealed.serve(read.request(), read.exchange(), S3Error.SLOW_DOWN);
        }
        return keys.open(
                        read.request().project(),
                        read.request().binding(),
                        object.seal().get(),
                        read.loop())
                .thenCompose(key -> plan(read, object, key.dek(), ends)
                        .thenApply(plan -> new Planned(answered, object, plan))
                        .thenCompose(planned ->
                                fits(planned) ? CompletableFuture.completedStage(planned) : fetchExactly(read, planned))
                        .thenCompose(planned -> planned.answered().then(body -> {
                            return answer(read, planned, key);
                        }))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                key.close();
                            }
                        }));
    }

    private CompletionStage<ReadPlan> plan(Read read, StoredObject object, Dek dek, ObjectEnds ends) {
        return CompletableFuture.completedStage(object).thenCompose(of -> {
            boolean rests =
                    !read.wanted().whole() && of.seal().orElseThrow().layout().multipart();
            return rests
                    ? plans.proven(
                            read.request(),
                            read.wanted(),
                            of,
                            new ReadPlans.ProofNeeds(ends, dek, read.loop(), read.exchange()::borrow))
                    : plans.plan(read.request(), read.wanted(), of, read.loop());
        });
    }

    /** Whether the answer holds what is to be read, and little else. */
    private static boolean fits(Planned planned) {
        Extent extent = planned.plan().extent();
        return covers(planned) && planned.object().bodyEnd() - extent.sealedEnd() <= 3L * SealedLength.FRAME_SEALED;
    }

    private static boolean covers(Planned planned) {
        Extent extent = planned.plan().extent();
        return planned.object().bodyStart() <= extent.sealedStart()
                && planned.object().bodyEnd() >= extent.sealedEnd();
    }

    private CompletionStage<Planned> fetchExactly(Read read, Planned first) {
        first.answered().call().abort();
        Extent extent = first.plan().extent();
        StoreRequest get = StoreRequest.of(
                        HttpMethod.GET, read.request().bucket(), read.request().key())
                .header(HttpHeaderNames.IF_MATCH, first.object().etag())
                .header(HttpHeaderNames.RANGE, "bytes=" + extent.sealedStart() + "-" + (extent.sealedEnd() - 1));
        read.request().query("versionId").ifPresent(id -> get.query("versionId", id));
        return read.client()
                .fetch(get)
                .thenCompose(fetched -> fetched.then(answered -> {
                    if (answered.response().status() == 412) {
                        throw Overwritten.slowDown();
                    }
                    if (!answered.response().successful()) {
                        return StoreErrors.relay(read.client(), answered);
                    }
                    Planned exact = new Planned(answered, first.object().within(answered.response()), first.plan());
                    if (!ETags.same(
                            answered.response().headers().get(HttpHeaderNames.ETAG, ""),
                            first.object().etag())) {
                        throw Overwritten.slowDown(); // not every store knows If-Match
                    }
                    if (!covers(exact)) {
                        throw new StoreException("the store answered another range than it was asked for");
                    }
                    return CompletableFuture.completedStage(exact);
                }));
    }

    private CompletionStage<Void> answer(Read read, Planned planned, ObjectKey key) {
        Exchange exchange = read.exchange();
        S3Request request = read.request();
        KekReference kek = planned.object().seal().orElseThrow().kek();
        HttpHeaders headers = planned.plan().headers(request, planned.object(), kek);
        if (planned.object().seal().orElseThrow().layout() == Layout.EMPTY) { // nothing else to verify
            key.close();
            return read.client()
                    .collect(planned.answered(), 0)
                    .thenAccept(none ->
                            exchange.respond(Response.empty(planned.plan().status(), headers)));
        }
        Extent extent = planned.plan().extent();
        exchange.reserve(RequestMemory.ofStream(extent.sealedEnd() - extent.sealedStart()));
        FrameReader frames = new FrameReader(
                extent, extent.sealedStart() - planned.object().bodyStart(), key.dek(), exchange.allocator());
        OpenedAnswer answer = new OpenedAnswer(
                exchange, planned.answered().call(), frames, planned.plan().status(), headers, failure -> {
                    if (failure.getCause() instanceof SealException) {
                        plans.forget(request, planned.object());
                    }
                    BrokenSeal.fail(request, exchange, failure);
                });
        answer.start(key::close);
        key.whenWithdrawn(answer::fail);
        return CompletableFuture.completedStage(null);
    }
}
