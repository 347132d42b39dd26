package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A Complete whose answer was lost is sent again, and the store knows the upload no more. Whether it was this upload
 * that made the object is told by the object's commitment to its DEK, which only this upload has.
 */
record CompletedBefore(ObjectKeys keys) {
    /** The ETag of the object that this upload made; empty if there is none, or another. */
    CompletionStage<Optional<String>> etag(S3Request request, UploadSeal upload, DocumentExchange own) {
        return own.send(StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key()))
                .thenCompose(head -> keys.open(request.admission(), request.binding(), upload, own.loop())
                        .thenApply(key -> key.once(dek -> committed(head, dek, request.binding())))
                        .thenApply(made -> made
                                ? Optional.ofNullable(head.response().headers().get(HttpHeaderNames.ETAG))
                                : Optional.<String>empty()))
                .exceptionallyCompose(failure -> isNotFound(failure)
                        ? CompletableFuture.completedStage(Optional.empty())
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isNotFound(Throwable failure) {
        return RelayedError.of(failure).filter(error -> error.status() == 404).isPresent();
    }

    private static boolean committed(StoreClient.Collected head, Dek dek, ObjectBinding place) {
        try {
            return ObjectSeal.fromMetadata(
                            MetadataHeaders.sealEntries(head.response().headers()))
                    .filter(seal -> seal.commitsTo(dek, place))
                    .isPresent();
        } catch (SealException e) {
            return false;
        }
    }
}
