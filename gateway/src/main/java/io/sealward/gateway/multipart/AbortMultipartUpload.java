package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.bucket.StoreDocuments;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;

/** AbortMultipartUpload: needs no key, and takes the ids that ListMultipartUploads tells. */
final class AbortMultipartUpload implements Operation {
    private static final byte[] NONE = {};

    private final StoreDocuments store;

    AbortMultipartUpload(StoreDocuments store) {
        this.store = store;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        StoreRequest abort = StoreRequest.of(HttpMethod.DELETE, request.bucket(), request.key())
                .query("uploadId", Uploads.storeUploadId(request));
        store.send(exchange.eventLoop(), request.admission(), abort, NONE)
                .thenAccept(aborted -> exchange.respond(Response.empty(204)))
                .exceptionally(StoreDocuments.failing(exchange));
    }
}
