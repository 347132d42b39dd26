package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.Dek;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.CopySource;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.tenant.Buckets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads objects that others are made of: first what the store says of one, then its content, under the ETag that was told. */
public final class SourceReads {
    private static final byte[] NONE = {};
    private static final int DELETE_MARKER = 405;

    private final StoreClients clients;
    private final ObjectKeys keys;
    private final ReadPlans plans;
    private final UnsealedObjects unsealed;
    private final Buckets buckets;

    public SourceReads(StoreClients clients, ObjectKeys keys, PartLayouts layouts, Buckets buckets) {
        this.clients = clients;
        this.keys = keys;
        this.plans = new ReadPlans(layouts);
        this.unsealed = new UnsealedObjects(clients, buckets);
        this.buckets = buckets;
    }

    /** The read of the object that a request copies, as {@link CopySource#of} admits it. */
    public CompletionStage<S3Request> of(S3Request copy, Rights rights) {
        return CopySource.of(copy, rights, buckets);
    }

    /** Asks the store for the object; fails where GetObject would not serve it either. */
    public CompletionStage<SourceObject> find(S3Request source, Asker asker) {
        return clients.on(asker, source.admission())
                .exchange(ReadPlans.storeRequest(HttpMethod.HEAD, source), NONE, 0)
                .thenApply(head -> {
                    if (head.response().status() == DELETE_MARKER) {
                        throw new S3Exception(
                                S3Error.INVALID_REQUEST,
                                "The source of a copy request may not specifically refer to a delete marker by version id.");
                    }
                    if (!head.response().successful()) {
                        throw StoreErrors.of(head);
                    }
                    StoredObject stored = StoredObject.of(head.response());
                    if (stored.seal().isEmpty()) {
                        unsealed.requireServed(source, stored);
                    }
                    return new SourceObject(source, stored);
                });
    }

    /**
     * Opens a stretch of the object, or all of it. At most one KMS call.
     *
     * @param exchange whose room the proof of a layout takes
     * @param use done while the key is open; reads the content, or does not
     * @return as {@code use} ends; fails with InvalidRange if not all of the stretch is there
     */
    public <T> CompletionStage<T> open(
            SourceObject source,
            Optional<ByteRange.FromTo> range,
            Exchange exchange,
            Function<SourceContent, CompletionStage<T>> use) {
        return source.seal().isEmpty()
                ? CompletableFuture.completedStage(source)
                        .thenApply(of -> content(of, plain(of, range), exchange, Optional.empty()))
                        .thenCompose(use)
                : opened(source, range, exchange, use);
    }

    private <T> CompletionStage<T> opened(
            SourceObject source,
            Optional<ByteRange.FromTo> range,
            Exchange exchange,
            Function<SourceContent, CompletionStage<T>> use) {
        S3Request request = source.request();
        return keys.open(request.admission(), request.binding(), source.seal().orElseThrow(), exchange.eventLoop())
                .thenCompose(key -> key.during(() -> plan(source, range, exchange, key.dek())
                        .thenApply(plan -> sealed(plan, range, key.dek(), exchange))
                        .thenApply(stretch -> content(source, stretch, exchange, Optional.of(key)))
                        .thenCompose(use)))
                .whenComplete((done, failure) -> {
                    BrokenSeal.alarm(request, exchange, failure);
                    if (failure != null && BrokenSeal.isCauseOf(failure)) {
                        plans.forget(request, source.stored());
                    }
                });
    }

    private CompletionStage<ReadPlan> plan(
            SourceObject source, Optional<ByteRange.FromTo> range, Exchange exchange, Dek dek) {
        ReadPlans.Wanted wanted = new ReadPlans.Wanted(range.map(of -> of), Optional.empty());
        boolean rests = !wanted.whole() && source.seal().orElseThrow().layout().multipart();
        return rests
                ? plans.proven(
                        source.request(),
                        wanted,
                        source.stored(),
                        new ReadPlans.ProofNeeds(ObjectEnds.none(), dek, exchange, exchange::borrow))
                : plans.plan(source.request(), wanted, source.stored(), exchange);
    }

    private static SourceContent.Stretch sealed(
            ReadPlan plan, Optional<ByteRange.FromTo> range, Dek dek, Exchange exchange) {
        range.ifPresent(wanted -> requireWithin(wanted, plan.total()));
        Extent extent = plan.extent();
        return new SourceContent.Stretch(
                extent.sealedStart(),
                extent.sealedEnd(),
                extent.length(),
                bodyStart -> new FrameReader(extent, extent.sealedStart() - bodyStart, dek, exchange.allocator()));
    }

    private static SourceContent.Stretch plain(SourceObject source, Optional<ByteRange.FromTo> range) {
        long total = source.storedLength();
        range.ifPresent(wanted -> requireWithin(wanted, total));
        long start = range.map(ByteRange.FromTo::first).orElse(0L);
        long end = range.map(wanted -> wanted.last() + 1).orElse(total);
        return new SourceContent.Stretch(start, end, end - start, bodyStart -> {
            if (bodyStart != start) {
                throw SourceContent.otherRange();
            }
            return new PlainReader(end - start);
        });
    }

    /** A copy takes no less than it was asked for, where a GET would give what there is. */
    private static void requireWithin(ByteRange.FromTo wanted, long total) {
        if (wanted.last() >= total) {
            throw new S3Exception(
                    S3Error.INVALID_RANGE, "Range specified is not valid for source object of size: " + total);
        }
    }

    private SourceContent content(
            SourceObject source, SourceContent.Stretch stretch, Asker asker, Optional<ObjectKey> key) {
        return new SourceContent(source, clients.on(asker, source.request().admission()), stretch, key);
    }
}
