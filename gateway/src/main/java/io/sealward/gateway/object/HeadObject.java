package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.HeaderRules;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** HeadObject: plaintext length and metadata, without any key. */
final class HeadObject implements Operation {
    private static final HeaderRules HEADERS = HeaderRules.of("x-amz-checksum-mode");
    private static final byte[] NONE = {};

    private final StoreClients clients;
    private final ReadPlans plans;
    private final UnsealedObjects unsealed;

    HeadObject(StoreClients clients, ReadPlans plans, UnsealedObjects unsealed) {
        this.clients = clients;
        this.plans = plans;
        this.unsealed = unsealed;
    }

    @Override
    public HeaderRules headerRules() {
        return HEADERS;
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
        ReadPlans.Wanted wanted = ReadPlans.Wanted.of(request);
        clients.on(exchange.eventLoop(), request.admission())
                .exchange(ReadPlans.storeRequest(HttpMethod.HEAD, request), NONE, 0)
                .thenCompose(head -> answer(request, wanted, exchange, head))
                .thenAccept(exchange::respond)
                .exceptionally(failure -> {
                    BrokenSeal.fail(request, exchange, failure);
                    return null;
                });
    }

    private CompletionStage<Response> answer(
            S3Request request, ReadPlans.Wanted wanted, Exchange exchange, StoreClient.Collected head) {
        boolean unchanged = head.response().status() == 304;
        if (!head.response().successful() && !unchanged) {
            throw StoreErrors.of(head);
        }
        StoredObject object = StoredObject.of(head.response());
        if (unchanged || Conditions.unchanged(request.headers(), object.etag())) {
            return CompletableFuture.completedStage(Response.empty(304, ReadPlan.describe(request, object)));
        }
        if (object.seal().isEmpty()) {
            unsealed.requireServed(request, object);
            HttpHeaders headers = ReadPlan.describe(request, object);
            headers.set(HttpHeaderNames.CONTENT_LENGTH, object.storedLength());
            return CompletableFuture.completedStage(Response.empty(200, headers));
        }
        return plans.plan(request, wanted, object, exchange.eventLoop())
                .thenApply(plan -> Response.empty(
                        plan.status(),
                        plan.headers(request, object, object.seal().get().kek())));
    }
}
