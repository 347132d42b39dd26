package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
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

/** GetBucketLocation: the store's, since that is where the bytes are. */
final class GetBucketLocation implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "GetBucketLocation",
            Route.of(HttpMethod.GET, Place.Level.BUCKET).with("location"),
            Rights.inOwnBucket("s3:GetBucketLocation"),
            Accepts.nothing(),
            Treatment.forwarded("one's own buckets only"));

    private final Documents documents;

    GetBucketLocation(Documents documents) {
        this.documents = documents;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return documents.serve(request.admission(), exchange, own -> own.ask(
                        StoreRequest.ofBucket(HttpMethod.GET, request.bucket()).query("location", ""),
                        new Relayed(own.memory()))
                .thenAccept(own::answer));
    }
}
