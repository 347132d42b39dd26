package io.sealward.gateway.object;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.flow.Inlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.store.StoreCall;

/** Answers an exchange with the store's bytes as they are, as fast as the client takes them. */
public final class PlainAnswer implements Inlet {
    private final Exchange exchange;
    private final StoreCall call;
    private final Exchange.ResponseBody body;

    private PlainAnswer(Exchange exchange, StoreCall call, Exchange.ResponseBody body) {
        this.exchange = exchange;
        this.call = call;
        this.body = body;
    }

    /**
     * Begins the answer.
     *
     * @param call its response has arrived, and nothing of the response's body was read
     * @param headers of the answer, with the Content-Length that the store told
     */
    public static void start(Exchange exchange, StoreCall call, int status, HttpHeaders headers) {
        PlainAnswer answer = new PlainAnswer(exchange, call, exchange.open(status, headers, call::abort));
        call.receive(answer);
        answer.readWhenRoom();
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
    }

    @Override
    public void failed(Throwable cause) {
        exchange.fail(cause);
    }
}
