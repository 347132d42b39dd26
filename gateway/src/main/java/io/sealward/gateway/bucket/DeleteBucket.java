package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Buckets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DeleteBucket; the name is free again only when the store has let it go. */
final class DeleteBucket implements Operation {
    private final Documents documents;
    private final Buckets buckets;

    DeleteBucket(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        documents.serve(
                request.project(), exchange, own -> own.send(StoreRequest.ofBucket(HttpMethod.DELETE, request.bucket()))
                        .exceptionallyCompose(failure -> isGone(failure)
                                ? release(request).thenCompose(released -> CompletableFuture.failedStage(failure))
                                : CompletableFuture.failedStage(failure))
                        .thenCompose(deleted -> release(request))
                        .thenAcceptAsync(released -> own.respond(Response.empty(204)), own.loop()));
    }

    /** After an answer that was lost, the next says so. */
    private static boolean isGone(Throwable failure) {
        return RelayedError.of(failure).filter(error -> error.status() == 404).isPresent();
    }

    private CompletionStage<Void> release(S3Request request) {
        return buckets.release(request.project(), request.bucket());
    }
}
