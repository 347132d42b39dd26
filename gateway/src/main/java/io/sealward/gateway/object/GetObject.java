package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
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
    private static final int ATTEMPTS = 3;

    private static final Declaration DECLARATION = new Declaration(
            "GetObject",
            Route.of(HttpMethod.GET, Place.Level.OBJECT),
            Rights.inOwnBucket("s3:GetObject").orOfVersion("s3:GetObjectVersion"),
            Accepts.headers(AcceptedHeaders.of("x-amz-checksum-mode")),
            Treatment.sealed("ranges, `?partNumber`, conditions, `response-*`, versions"));

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
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return attempt(Read.of(request, exchange, clients), 1)
                .whenComplete((done, failure) -> BrokenSeal.alarm(request, exchange, failure));
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
        if (status == 416) {
            return unsatisfied(read, answered);
        }
        if (status != 200 && status != 206 && !Unchanged.says(answered.response())) {
            return StoreErrors.relay(read.client(), answered);
        }
        StoredObject object = StoredObject.of(answered.response());
        return read.unchanged(answered, object).orElseGet(() -> object.seal()
                .map(seal -> open(read, answered, object, ends))
                .orElseGet(() -> asItIs(read, answered, object)));
    }

    /** The range is not in the object, or would be in one without a seal, or was that of another object. */
    private CompletionStage<Void> unsatisfied(Read read, StoreClient.Answered answered) {
        if (read.wanted().range().isPresent() && buckets.mixed(read.request().bucket())) {
            answered.call().abort();
            return unsealed.serve(read, S3Error.INVALID_RANGE);
        }
        if (read.wanted().partNumber().isPresent()
                && plans.lastKnown(read.request()).isEmpty()) {
            answered.call().abort();
            throw new S3Exception(S3Error.INVALID_PART_NUMBER); // of an object without a byte
        }
        if (plans.lastKnown(read.request()).isPresent()) {
            answered.call().abort();
            plans.forgetLast(read.request());
            throw Overwritten.slowDown();
        }
        return StoreErrors.relay(read.client(), answered);
    }

    private CompletionStage<Void> asItIs(Read read, StoreClient.Answered answered, StoredObject object) {
        if (read.wanted().whole() || unsealed.marker(read.request(), object)) {
            return unsealed.relay(read, answered, object);
        }
        answered.call().abort();
        return unsealed.serve(read, S3Error.SLOW_DOWN);
    }

    private CompletionStage<Void> open(Read read, StoreClient.Answered answered, StoredObject object, ObjectEnds ends) {
        S3Request request = read.request();
        return keys.open(request.admission(), request.binding(), object.seal().orElseThrow(), read.loop())
                .thenCompose(key -> key.during(() -> plan(read, object, key.dek(), ends)
                        .thenApply(plan -> new Planned(answered, object, plan))
                        .thenCompose(planned ->
                                fits(planned) ? CompletableFuture.completedStage(planned) : fetchExactly(read, planned))
                        .thenCompose(planned -> planned.answered().then(body -> answer(read, planned, key)))));
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
                            new ReadPlans.ProofNeeds(ends, dek, read.exchange(), read.exchange()::borrow))
                    : plans.plan(read.request(), read.wanted(), of, read.exchange());
        });
    }

    /** Whether the answer holds what is to be read, and little else. */
    private static boolean fits(Planned planned) {
        Extent extent = planned.plan().extent();
        return covers(planned)
                && planned.object().bodyEnd() - extent.sealedEnd()
                        <= 3L * planned.object().geometry().frameSealed();
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
        ObjectSeal seal = planned.object().seal().orElseThrow();
        HttpHeaders headers = planned.plan().headers(request, planned.object(), seal.kek());
        if (read.wanted().whole() && KeptChecksum.asked(request)) {
            KeptChecksum.of(planned.object().headers(), key.dek()).ifPresent(sum -> sum.addTo(headers));
        }
        if (seal.layout() == Layout.EMPTY) { // nothing else to verify
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
                exchange, planned.answered().call(), frames, planned.plan().status(), headers);
        CompletionStage<Void> over = answer.start().whenComplete((done, failure) -> {
            if (failure != null && failure.getCause() instanceof SealException) {
                plans.forget(request, planned.object());
            }
        });
        key.whenWithdrawn(answer::fail);
        return over;
    }
}
