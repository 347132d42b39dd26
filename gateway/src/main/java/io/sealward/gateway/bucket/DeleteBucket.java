package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
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
    private static final Declaration DECLARATION = new Declaration(
            "DeleteBucket",
            Route.of(HttpMethod.DELETE, Place.Level.BUCKET),
            Rights.inOwnBucket("s3:DeleteBucket"),
            Accepts.nothing(),
            Treatment.forwarded("one's own buckets only"));

    private final Documents documents;
    private final Buckets buckets;

    DeleteBucket(Documents documents, Buckets buckets) {
        this.documents = documents;
        this.buckets = buckets;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return documents.serve(request.admission(), exchange, own -> buckets.ending(request.project(), request.bucket())
                .thenComposeAsync(ending -> delete(request, ending, own), own.loop())
                .thenAcceptAsync(released -> own.respond(Response.empty(204)), own.loop()));
    }

    private CompletionStage<Void> delete(S3Request request, Buckets.Ending ending, DocumentExchange own) {
        return own.send(StoreRequest.ofBucket(HttpMethod.DELETE, request.bucket()))
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
