package io.sealward.gateway.object;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DeleteObject: needs no key, so that a tenant who has withdrawn its KEK can still delete. */
final class DeleteObject implements Operation {
    private static final int LIMIT_BYTES = 64 << 10;
    private static final byte[] NONE = {};
    private static final String BYPASS = "x-amz-bypass-governance-retention";

    private static final Declaration DECLARATION = new Declaration(
            "DeleteObject",
            Route.of(HttpMethod.DELETE, Place.Level.OBJECT),
            Rights.inOwnBucket("s3:DeleteObject")
                    .orOfVersion("s3:DeleteObjectVersion")
                    .with(BYPASS, "s3:BypassGovernanceRetention")
                    .with("if-match", "s3:GetObject", "s3:GetObjectVersion"),
            Accepts.headers(AcceptedHeaders.of(BYPASS)),
            Treatment.forwarded("no key needed"));

    private final StoreClients clients;

    DeleteObject(StoreClients clients) {
        this.clients = clients;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        StoreRequest delete = StoreRequest.of(HttpMethod.DELETE, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> delete.query("versionId", id));
        request.header(BYPASS).ifPresent(value -> delete.header(BYPASS, value));
        Conditions.ofWrite(request.headers(), delete);
        StoreClient store = clients.on(exchange, request.admission());
        return requireMatch(request, store)
                .thenCompose(matches -> store.exchange(delete, NONE, LIMIT_BYTES))
                .thenAccept(deleted -> {
                    if (!deleted.response().successful()) {
                        throw StoreErrors.of(deleted);
                    }
                    HttpHeaders headers = new DefaultHttpHeaders();
                    for (String name : List.of("x-amz-version-id", "x-amz-delete-marker")) {
                        String value = deleted.response().headers().get(name);
                        if (value != null) {
                            headers.set(name, value);
                        }
                    }
                    exchange.respond(Response.empty(204, headers));
                });
    }

    /**
     * Holds the condition of a deletion against what is there, since many stores pass over it and delete. One that knows it
     * holds it once more, and then at one time with the deletion.
     */
    private static CompletionStage<Void> requireMatch(S3Request request, StoreClient store) {
        if (!request.headers().contains(HttpHeaderNames.IF_MATCH)) {
            return CompletableFuture.completedStage(null);
        }
        StoreRequest head = StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key());
        request.query("versionId").ifPresent(id -> head.query("versionId", id));
        return store.exchange(head, NONE, 0).thenAccept(found -> {
            if (found.response().successful()) {
                Conditions.requireMatch(
                        request.headers(), found.response().headers().get(HttpHeaderNames.ETAG, ""));
            } else if (found.response().status() != 404) { // what is not there is the store's to judge
                throw StoreErrors.of(found);
            }
        });
    }
}
