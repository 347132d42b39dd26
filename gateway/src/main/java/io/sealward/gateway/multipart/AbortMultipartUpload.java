package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
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
import io.sealward.gateway.store.StoreRequest;
import java.util.concurrent.CompletionStage;

/** AbortMultipartUpload: needs no key, and takes the ids that ListMultipartUploads tells. */
final class AbortMultipartUpload implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "AbortMultipartUpload",
            Route.of(HttpMethod.DELETE, Place.Level.OBJECT).with("uploadId"),
            Rights.inOwnBucket("s3:AbortMultipartUpload"),
            Accepts.nothing(),
            Treatment.forwarded("no key needed"));

    private final Uploads uploads;
    private final Documents documents;

    AbortMultipartUpload(Uploads uploads, Documents documents) {
        this.uploads = uploads;
        this.documents = documents;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        StoreRequest abort = StoreRequest.of(HttpMethod.DELETE, request.bucket(), request.key())
                .query("uploadId", uploads.storeUploadId(request));
        return documents.serve(request.admission(), exchange, own -> own.send(abort)
                .thenAccept(aborted -> own.respond(Response.empty(204))));
    }
}
