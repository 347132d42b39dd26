package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.store.StoreCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers an exchange with the store's bytes as they are, as fast as the client takes them. */
public final class PlainAnswer implements Inlet {
    private final StoreCall call;
    private final Exchange.ResponseBody body;
    private final CompletableFuture<Void> over;

    private PlainAnswer(StoreCall call, Exchange.ResponseBody body, CompletableFuture<Void> over) {
        this.call = call;
        this.body = body;
        this.over = over;
    }

    /**
     * Begins the answer.
     *
     * @param call its response has arrived, and nothing of the response's body was read
     * @param headers of the answer, with the Content-Length that the store told
     * @return completes when all is written or the client has left; fails if the store breaks off
     */
    public static CompletionStage<Void> start(Exchange exchange, StoreCall call, int status, HttpHeaders headers) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Exchange.ResponseBody body = exchange.open(status, headers, () -> {
            call.abort();
            over.complete(null);
        });
        PlainAnswer answer = new PlainAnswer(call, body, over);
        call.receive(answer);
        answer.readWhenRoom();
        return over;
    }

    private void readWhenRoom() {
        if (body.writable()) {
            call.read();
        } else {
            body.onWritable(this::readWhenRoom);
        }
    }

    @Override
    public void data(ByteBuf data) {
        body.write(data);
        readWhenRoom();
    }

    @Override
    public void end() {
        body.end();
        over.complete(null);
    }

    @Override
    public void failed(Throwable cause) {
        over.completeExceptionally(cause);
    }
}
