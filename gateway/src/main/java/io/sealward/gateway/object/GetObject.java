package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
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
 * GetObject. One request to the store brings metadata and bytes together: the range is asked for where arithmetic puts
 * it. Only where the object turns out otherwise is the right one asked for again, under the ETag of the first answer, so
 * that an overwrite in between can not mix two objects. At most one KMS call.
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
    private record Planned(StoreClient.Answered answered, StoredObject object, ObjectSeal seal, ReadPlan plan) {}

    /** The object was overwritten between two requests of one read. */
    private static final class Overwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overwritten() {
            super("overwritten during the read", null, false, false);
        }

        static boolean isCauseOf(Throwable failure) {
            return failure instanceof Overwritten || failure.getCause() instanceof Overwritten;
        }
    }

    private CompletionStage<Void> attempt(Read read, int attempt) {
        StoreRequest get = ReadPlans.storeRequest(HttpMethod.GET, read.request());
        read.wanted().range().ifPresent(range -> get.header(HttpHeaderNames.RANGE, ReadPlans.speculativeRange(range)));
        return read.client()
                .fetch(get)
                .thenCompose(fetched -> fetched.then(answered -> begin(read, answered)))
                .exceptionallyCompose(failure -> {
                    if (!Overwritten.isCauseOf(failure)) {
                        return CompletableFuture.failedStage(failure);
                    }
                    return attempt < ATTEMPTS
                            ? attempt(read, attempt + 1)
                            : CompletableFuture.failedStage(new S3Exception(S3Error.SLOW_DOWN));
                });
    }

    private CompletionStage<Void> begin(Read read, StoreClient.Answered answered) {
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
        return plans.plan(read.request(), read.wanted(), object, object.seal().get(), read.loop())
                .thenApply(plan -> new Planned(answered, object, object.seal().get(), plan))
                .thenCompose(planned ->
                        covers(planned) ? CompletableFuture.completedStage(planned) : fetchExactly(read, planned))
                .thenCompose(planned -> planned.answered().then(body -> open(read, planned)));
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
                        throw new Overwritten();
                    }
                    if (!answered.response().successful()) {
                        return StoreErrors.relay(read.client(), answered);
                    }
                    Planned exact =
                            new Planned(answered, StoredObject.of(answered.response()), first.seal(), first.plan());
                    if (!ETags.same(exact.object().etag(), first.object().etag())) {
                        throw new Overwritten(); // not every store knows If-Match
                    }
                    if (!covers(exact)) {
                        throw new StoreException("the store answered another range than it was asked for");
                    }
                    return CompletableFuture.completedStage(exact);
                }));
    }

    private CompletionStage<Void> open(Read read, Planned planned) {
        S3Request request = read.request();
        Extent extent = planned.plan().extent();
        read.exchange().reserve(RequestMemory.ofStream(extent.sealedEnd() - extent.sealedStart()));
        HttpHeaders headers = planned.plan().headers(request, planned.object(), planned.seal());
        return keys.open(request.project(), request.binding(), planned.seal(), read.loop())
                .thenCompose(key -> {
                    if (planned.seal().layout() == Layout.EMPTY) { // nothing else to verify
                        key.close();
                        return read.client().collect(planned.answered(), 0).thenAccept(none -> read.exchange()
                                .respond(Response.empty(planned.plan().status(), headers)));
                    }
                    try {
                        answer(read, planned, headers, key);
                    } catch (RuntimeException e) {
                        key.close();
                        throw e;
                    }
                    return CompletableFuture.completedStage(null);
                });
    }

    private void answer(Read read, Planned planned, HttpHeaders headers, ObjectKey key) {
        Exchange exchange = read.exchange();
        S3Request request = read.request();
        Extent extent = planned.plan().extent();
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
    }
}
