package io.sealward.it.bench;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.RequestHandler;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.object.PlainAnswer;
import io.sealward.gateway.request.Addressing;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SignatureVerifier;
import io.sealward.gateway.sigv4.Verified;
import io.sealward.gateway.store.StoreCall;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.Admission;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The gateway without its sealing: the same two sides, the same checks of who asks, bytes passed on as they come. What it
 * costs is what any S3 gateway costs; what the gateway costs beyond it is the price of sealing.
 */
final class Relay implements RequestHandler {
    private static final int ANSWER_LIMIT_BYTES = 64 << 10;

    private final SignatureVerifier verifier;
    private final Addressing addressing = new Addressing(List.of());
    private final StoreClients clients;

    Relay(SignatureVerifier verifier, StoreClients clients) {
        this.verifier = verifier;
        this.clients = clients;
    }

    @Override
    public CompletionStage<Void> handle(Exchange exchange) {
        HttpRequest head = exchange.request();
        RequestTarget target = RequestTarget.parse(head.uri());
        Verified sender = verifier.verify(head.method(), target, head.headers());
        Place place = addressing.find(head.headers().get(HttpHeaderNames.HOST, ""), target.path());
        StoreClient client = clients.on(exchange, Admission.lasting(sender.credential()));
        return head.method().equals(HttpMethod.PUT)
                ? put(client, exchange, place, RequestBody.of(head.headers(), sender.payload()))
                : get(client, exchange, place);
    }

    private CompletionStage<Void> put(StoreClient client, Exchange exchange, Place place, RequestBody body) {
        StoreRequest put =
                StoreRequest.of(HttpMethod.PUT, place.bucket(), place.key()).contentLength(body.length());
        return client.send(put).thenCompose(call -> {
            CompletionStage<Void> received = exchange.receive(body.into(new Passing(call)), call)
                    .whenComplete((done, failure) -> {
                        if (failure == null) {
                            call.finish();
                        } else {
                            call.abort();
                        }
                    });
            return call.response()
                    .thenCompose(response -> received.thenCompose(
                            done -> client.collect(new StoreClient.Answered(call, response), ANSWER_LIMIT_BYTES)))
                    .thenAccept(answer ->
                            exchange.respond(Response.empty(answer.response().status())));
        });
    }

    private CompletionStage<Void> get(StoreClient client, Exchange exchange, Place place) {
        StoreRequest get = StoreRequest.of(HttpMethod.GET, place.bucket(), place.key());
        return client.fetch(get).thenCompose(answered -> {
            HttpHeaders headers = new DefaultHttpHeaders();
            headers.set(
                    HttpHeaderNames.CONTENT_LENGTH,
                    answered.response().headers().get(HttpHeaderNames.CONTENT_LENGTH));
            return PlainAnswer.start(
                    exchange, answered.call(), answered.response().status(), headers);
        });
    }

    /** From the client to the store. */
    private record Passing(StoreCall call) implements ByteSink {
        @Override
        public void write(ByteBuf data) {
            call.write(data);
        }

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
