package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;

/** GetBucketLocation: the store's, since that is where the bytes are. */
final class GetBucketLocation implements Operation {
    private final StoreDocuments store;

    GetBucketLocation(StoreDocuments store) {
        this.store = store;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        store.get(
                        exchange.eventLoop(),
                        request.admission(),
                        StoreRequest.ofBucket(HttpMethod.GET, request.bucket()).query("location", ""))
                .thenAccept(location -> exchange.respond(Response.xml(200, location.toDocument())))
                .exceptionally(StoreDocuments.failing(exchange));
    }
}
