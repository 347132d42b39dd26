package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
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
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.concurrent.CompletionStage;

/** HeadBucket. */
final class HeadBucket implements Operation {
    private static final byte[] NONE = {};
    private static final String REGION = "x-amz-bucket-region"; // not every store tells it

    private static final Declaration DECLARATION = new Declaration(
            "HeadBucket",
            Route.of(HttpMethod.HEAD, Place.Level.BUCKET),
            Rights.inOwnBucket("s3:ListBucket"),
            Accepts.nothing(),
            Treatment.forwarded("one's own buckets only"));

    private final StoreClients clients;

    HeadBucket(StoreClients clients) {
        this.clients = clients;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        return clients.on(exchange, request.admission())
                .exchange(StoreRequest.ofBucket(HttpMethod.HEAD, request.bucket()), NONE, 0)
                .thenAccept(head -> {
                    if (head.response().status() == 404) { // a HEAD says no code, and by status it would be a key
                        throw new S3Exception(S3Error.NO_SUCH_BUCKET);
                    }
                    if (!head.response().successful()) {
                        throw StoreErrors.of(head);
                    }
                    Response response = Response.empty(200);
                    response.headers().set(REGION, head.response().headers().get(REGION, clients.region()));
                    exchange.respond(response);
                });
    }
}
