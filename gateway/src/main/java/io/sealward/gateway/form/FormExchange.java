package io.sealward.gateway.form;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Peer;
import io.sealward.gateway.front.Response;
import java.util.concurrent.CompletionStage;

/**
 * An exchange whose body is the file of a form.
 *
 * @param form its fields have been read
 */
public record FormExchange(Exchange whole, Form form) implements Exchange {
    @Override
    public CompletionStage<Void> receive(ByteSink sink, Outlet behind) {
        return form.file(sink, behind);
    }

    @Override
    public String requestId() {
        return whole.requestId();
    }

    @Override
    public HttpRequest request() {
        return whole.request();
    }

    @Override
    public Peer peer() {
        return whole.peer();
    }

    @Override
    public EventLoop eventLoop() {
        return whole.eventLoop();
    }

    @Override
    public void whenLeft(Runnable gone) {
        whole.whenLeft(gone);
    }

    @Override
    public void named(String operation) {
        whole.named(operation);
    }

    @Override
    public ByteBufAllocator allocator() {
        return whole.allocator();
    }

    @Override
    public void countAgainst(Budget.Lease room) {
        whole.countAgainst(room);
    }

    @Override
    public void reserve(long bytes) {
        whole.reserve(bytes);
    }

    @Override
    public Budget.Lease borrow(long bytes) {
        return whole.borrow(bytes);
    }

    @Override
    public void carry(HttpHeaders headers) {
        whole.carry(headers);
    }

    @Override
    public void respond(Response response) {
        whole.respond(response);
    }

    @Override
    public Response errorDocument(Throwable failure) {
        return whole.errorDocument(failure);
    }

    @Override
    public ResponseBody open(int status, HttpHeaders headers, Runnable abandoned) {
        return whole.open(status, headers, abandoned);
    }
}
