package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A GetObject under way: what is asked, who asks, and the store that is asked for it. */
record Read(S3Request request, ReadPlans.Wanted wanted, Exchange exchange, StoreClient client) {
    /** @throws io.sealward.gateway.s3.S3Exception for a range or part that is none */
    static Read of(S3Request request, Exchange exchange, StoreClients clients) {
        return new Read(request, ReadPlans.Wanted.of(request), exchange, clients.on(exchange, request.admission()));
    }

    EventLoop loop() {
        return exchange.eventLoop();
    }

    /** Answers without a body where the client has the object already; empty if it is to have it. */
    Optional<CompletionStage<Void>> unchanged(StoreClient.Answered answered, StoredObject object) {
        return Unchanged.answer(request, answered.response(), object).map(response -> unread(answered, response));
    }

    private CompletionStage<Void> unread(StoreClient.Answered answered, Response response) {
        if (Unchanged.says(answered.response())) {
            return client.collect(answered, 0).thenAccept(none -> exchange.respond(response));
        }
        answered.call().abort();
        exchange.respond(response);
        return CompletableFuture.completedStage(null);
    }
}
