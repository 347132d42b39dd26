package io.sealward.gateway.store;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.sigv4.RequestSigner;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The store as seen from one event loop, and what one credential may do there. Called on that loop, and answers there.
 *
 * <p>Nothing passes between gateway and store unless the request that wants it is still admitted: that is asked when a
 * request is sent, and by {@link StoreCall} for each piece of a body.
 */
public final class StoreClient {
    private final StoreSettings settings;
    private final RequestSigner signer;
    private final ConnectionPool pool;
    private final Runnable requireAdmitted;
    private final Turns turns;

    StoreClient(
            StoreSettings settings, RequestSigner signer, ConnectionPool pool, Runnable requireAdmitted, Turns turns) {
        this.settings = settings;
        this.signer = signer;
        this.pool = pool;
        this.requireAdmitted = requireAdmitted;
        this.turns = turns;
    }

    /** For one credential of the gateway itself, with connections of its own. */
    public static StoreClient of(
            StoreSettings settings, EventLoop loop, StoreTransport transport, RequestSigner signer) {
        Events unheard = new Events();
        return new StoreClient(
                settings,
                signer,
                new ConnectionPool(settings, loop, transport, unheard),
                () -> {},
                new Turns(StorePlaces.of(settings), "", Asker.staying(loop), unheard));
    }

    /** A call whose response head has arrived; its body has not been read. */
    public record Answered(StoreCall call, StoreResponse response) {
        /** Goes on with the answer. If that fails, at once or later, the call is aborted, so that nobody waits half read. */
        public <T> CompletionStage<T> then(Function<Answered, CompletionStage<T>> next) {
            return CompletableFuture.completedStage(this).thenCompose(next).whenComplete((done, failure) -> {
                if (failure != null) {
                    call.abort();
                }
            });
        }
    }

    /**
     * A whole answer.
     *
     * @param accessKeyId whom the store answered
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Collected(StoreResponse response, byte[] body, String accessKeyId) {}

    /**
     * Sends the head of a request that announced a body with {@link StoreRequest#contentLength}; the caller then writes
     * so many bytes to the call and finishes it.
     */
    public CompletionStage<StoreCall> send(StoreRequest request) {
        Turn turn = turns.of(request);
        return turn.came()
                .thenCompose(came -> pool.acquire())
                .thenApply(connection -> start(connection, request))
                .whenComplete((call, failure) -> {
                    if (failure != null) {
                        turn.close();
                    } else {
                        call.whenOver(turn::close);
                    }
                });
    }

    /**
     * A request with a body that is still in the making, announced with {@link StoreRequest#contentLength}; nothing is sent
     * yet.
     */
    public StoreUpload upload(StoreRequest request) {
        return new StoreUpload(this, request);
    }

    /**
     * Sends a request without a body and waits for the head of the answer. If it met a pooled connection that the store
     * had just closed, and is repeatable, it is sent once more on a fresh one, and what is not takes none that has rested for
     * long; so is a read that the store failed in any way
     * before its answer began, or answered that it could not serve now, see {@link Repeat}.
     */
    public CompletionStage<Answered> fetch(StoreRequest request) {
        CompletionStage<Answered> first = inTurn(request, () -> fetchOnPooled(request));
        return first.handle((answered, failure) -> {
                    Optional<Repeat> repeat =
                            failure == null ? Repeat.of(request, answered.response()) : Repeat.of(request, failure);
                    if (repeat.isEmpty()) {
                        return first;
                    }
                    if (failure == null) {
                        answered.call().abort();
                    }
                    return pool.before(repeat.get()).thenCompose(now -> inTurn(request, () -> fetchOnFresh(request)));
                })
                .thenCompose(stage -> stage);
    }

    private CompletionStage<Answered> inTurn(StoreRequest request, Supplier<CompletionStage<Answered>> fetch) {
        Turn turn = turns.of(request);
        return turn.came().thenCompose(came -> fetch.get()).whenComplete((answered, failure) -> {
            if (failure != null || request.readsObject()) {
                turn.close();
            } else {
                answered.call().whenOver(turn::close);
            }
        });
    }

    private CompletionStage<Answered> fetchOnPooled(StoreRequest request) {
        StoreConnection pooled = request.repeatable() ? pool.pollIdle() : pool.pollActive();
        if (pooled == null) {
            return fetchOnFresh(request);
        }
        return answered(start(pooled, request)).exceptionallyCompose(failure -> {
            boolean again = request.changes() && request.repeatable() && StaleConnectionException.isCauseOf(failure);
            return again ? fetchOnFresh(request) : CompletableFuture.failedStage(failure);
        });
    }

    /**
     * Sends a request with a small body, or none, as {@link #fetch} does, and collects the whole answer, at most {@code
     * limitBytes} of it.
     */
    public CompletionStage<Collected> exchange(StoreRequest request, byte[] body, int limitBytes) {
        if (body.length == 0) {
            return fetch(request).thenCompose(answered -> collect(answered, limitBytes));
        }
        StoreUpload upload = upload(request.contentLength(body.length));
        upload.end(Unpooled.wrappedBuffer(body));
        upload.finish();
        return upload.answered().thenCompose(answered -> collect(answered, limitBytes));
    }

    /** Collects the body of an answer, at most {@code limitBytes} of it. */
    public CompletionStage<Collected> collect(Answered answered, int limitBytes) {
        return new BodyCollector(answered.call(), limitBytes)
                .collect()
                .thenApply(body -> new Collected(answered.response(), body, signer.accessKeyId()));
    }

    /** Whom the store knows this client as. */
    public String accessKeyId() {
        return signer.accessKeyId();
    }

    private CompletionStage<Answered> fetchOnFresh(StoreRequest request) {
        return pool.connect().thenCompose(connection -> answered(start(connection, request)));
    }

    private static CompletionStage<Answered> answered(StoreCall call) {
        return call.response().thenApply(response -> new Answered(call, response));
    }

    Turn turn(StoreRequest request) {
        return turns.of(request);
    }

    ConnectionPool pool() {
        return pool;
    }

    StoreCall start(StoreConnection connection, StoreRequest request) {
        return connection.start(request.toHttp(settings, signer), request, requireAdmitted);
    }
}
