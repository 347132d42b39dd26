package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;

/** AbortMultipartUpload: needs no key, and takes the ids that ListMultipartUploads tells. */
final class AbortMultipartUpload implements Operation {
    private final Documents documents;

    AbortMultipartUpload(Documents documents) {
        this.documents = documents;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        StoreRequest abort = StoreRequest.of(HttpMethod.DELETE, request.bucket(), request.key())
                .query("uploadId", Uploads.storeUploadId(request));
        documents.serve(request.admission(), exchange, own -> own.send(abort)
                .thenAccept(aborted -> own.respond(Response.empty(204))));
    }
}
