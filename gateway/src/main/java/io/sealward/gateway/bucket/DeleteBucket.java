package io.sealward.gateway.bucket;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * DeleteBucket; the name is given back only when the store has let it go. Requests under way in the bucket are the store's
 * to put in order before, and are refused from then on.
 */
final class DeleteBucket implements Operation {
    private static final byte[] NONE = {};

    private final StoreDocuments store;
    private final Buckets buckets;

    DeleteBucket(StoreDocuments store, Buckets buckets) {
        this.store = store;
        this.buckets = buckets;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        EventLoop loop = exchange.eventLoop();
        buckets.ending(request.project(), request.bucket())
                .thenComposeAsync(ending -> delete(request, ending, loop), loop)
                .thenAcceptAsync(released -> exchange.respond(Response.empty(204)), loop)
                .exceptionally(StoreDocuments.failing(exchange));
    }

    private CompletionStage<Void> delete(S3Request request, Buckets.Ending ending, EventLoop loop) {
        return store.send(loop, request.admission(), StoreRequest.ofBucket(HttpMethod.DELETE, request.bucket()), NONE)
                .exceptionallyCompose(failure -> isGone(failure)
                        ? buckets.release(request.project(), ending)
                                .thenCompose(released -> CompletableFuture.failedStage(failure))
                        : CompletableFuture.failedStage(failure))
                .thenCompose(deleted -> buckets.release(request.project(), ending));
    }

    /** After an answer that was lost, the next says so. */
    private static boolean isGone(Throwable failure) {
        return RelayedError.of(failure).filter(error -> error.status() == 404).isPresent();
    }
}
