package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;

/** GetBucketLocation: the store's, since that is where the bytes are. */
final class GetBucketLocation implements Operation {
    private final Documents documents;

    GetBucketLocation(Documents documents) {
        this.documents = documents;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        documents.serve(request.admission(), exchange, own -> own.ask(
                        StoreRequest.ofBucket(HttpMethod.GET, request.bucket()).query("location", ""),
                        new Relayed(own.memory()))
                .thenAccept(own::answer));
    }
}
