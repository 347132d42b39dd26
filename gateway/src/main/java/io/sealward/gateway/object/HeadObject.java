package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** HeadObject: plaintext length and metadata, without any key, but for a checksum that is asked for. */
final class HeadObject implements Operation {
    private static final byte[] NONE = {};

    private static final Declaration DECLARATION = new Declaration(
            "HeadObject",
            Route.of(HttpMethod.HEAD, Place.Level.OBJECT),
            Rights.inOwnBucket("s3:GetObject").orOfVersion("s3:GetObjectVersion"),
            Accepts.headers(AcceptedHeaders.of("x-amz-checksum-mode")),
            Treatment.answered("ranges, `?partNumber`, conditions, `response-*`, versions; no key needed"));

    private final StoreClients clients;
    private final ObjectKeys keys;
    private final ReadPlans plans;
    private final UnsealedObjects unsealed;

    HeadObject(StoreClients clients, ObjectKeys keys, ReadPlans plans, UnsealedObjects unsealed) {
        this.clients = clients;
        this.keys = keys;
        this.plans = plans;
        this.unsealed = unsealed;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        ReadPlans.Wanted wanted = ReadPlans.Wanted.of(request);
        return clients.on(exchange, request.admission())
                .exchange(ReadPlans.storeRequest(HttpMethod.HEAD, request), NONE, 0)
                .thenCompose(head -> answer(request, wanted, exchange, head))
                .thenAccept(exchange::respond)
                .whenComplete((done, failure) -> BrokenSeal.alarm(request, exchange, failure));
    }

    private CompletionStage<Response> answer(
            S3Request request, ReadPlans.Wanted wanted, Exchange exchange, StoreClient.Collected head) {
        if (!head.response().successful() && head.response().status() != 304) {
            throw StoreErrors.of(head);
        }
        StoredObject object = StoredObject.of(head.response());
        Optional<Response> unchanged = Unchanged.answer(request, head.response(), object);
        if (unchanged.isPresent()) {
            return CompletableFuture.completedStage(unchanged.get());
        }
        if (object.seal().isEmpty()) {
            unsealed.requireServed(request, object);
            HttpHeaders headers = ReadPlan.describe(request, object);
            headers.set(HttpHeaderNames.CONTENT_LENGTH, object.storedLength());
            return CompletableFuture.completedStage(Response.empty(200, headers));
        }
        return plans.plan(request, wanted, object, exchange)
                .thenApply(plan -> Response.empty(
                        plan.status(),
                        plan.headers(request, object, object.seal().get().kek())))
                .thenCompose(response -> wanted.whole() && KeptChecksum.asked(request)
                        ? withChecksum(request, object, exchange, response)
                        : CompletableFuture.completedStage(response));
    }

    /** The one thing of a HEAD that needs the key. */
    private CompletionStage<Response> withChecksum(
            S3Request request, StoredObject object, Exchange exchange, Response response) {
        return KeptChecksum.of(keys, request, object, exchange.eventLoop()).thenApply(checksum -> {
            checksum.ifPresent(sum -> sum.addTo(response.headers()));
            return response;
        });
    }
}
