package io.sealward.gateway.front;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslHandler;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The exchange under way on a {@link ClientConnection}: the body of its request ({@link RequestIntake}), its answer ({@link
 * ClientAnswer}), and what one means to the other and to the connection.
 *
 * <pre>
 *   event               answer             then
 *   the handler failed  NONE               respond with the error document
 *                       STREAMING          cut the connection
 *                       WRITTEN            nothing
 *   the client stopped  NONE, body awaited fail the body
 *                       STREAMING          give the answer up, cut the connection
 *                       WRITTEN            cut the connection
 *   the client left     any                give the answer up, fail the body
 *   the last is sent    WRITTEN            next request; or read past the rest of the body; or close
 * </pre>
 *
 * Each ends it but the second, which leaves that to the handler.
 */
final class ClientExchange implements Exchange {
    private final ClientConnection connection;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final String requestId = RequestIds.next();
    private final Front front;
    private final ExchangeRoom room;
    private final Leaving leaving = new Leaving();
    private final AccessLog log;
    private final RequestIntake body;
    private final ClientAnswer answer;
    private boolean lastOfConnection;
    private String cutFor = "ClientLeft";

    ClientExchange(ClientConnection connection, ChannelHandlerContext ctx, HttpRequest request, Front front) {
        this.connection = connection;
        this.ctx = ctx;
        this.request = request;
        this.front = front;
        this.room = new ExchangeRoom(front.events());
        this.log = new AccessLog(request, requestId, ctx.channel(), front.events());
        this.body = new RequestIntake(ctx, request, log, new BodyPace(front.limits()));
        this.answer = new ClientAnswer(ctx, request, requestId, log);
    }

    /**
     * Has the exchange served. Here ends every one that fails, wherever it did: by a document that says why, or, once an answer
     * has begun, by a cut.
     */
    void serve(RequestHandler handler) {
        served(handler).whenComplete((done, failure) -> {
            if (failure == null) {
                return;
            }
            if (eventLoop().inEventLoop()) {
                fail(failure);
            } else {
                eventLoop().execute(() -> fail(failure));
            }
        });
    }

    private CompletionStage<Void> served(RequestHandler handler) {
        try {
            return handler.handle(this);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Response errorDocument(Throwable cause) {
        ErrorDocument.Told failure = ErrorDocument.tell(cause, requestId);
        log.failed(failure.code());
        return ErrorDocument.of(failure, requestId, request.uri());
    }

    @Override
    public EventLoop eventLoop() {
        return ctx.channel().eventLoop();
    }

    @Override
    public void whenLeft(Runnable gone) {
        leaving.whenLeft(gone);
    }

    @Override
    public Peer peer() {
        if (!(ctx.channel().remoteAddress() instanceof InetSocketAddress remote)) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        return new Peer(remote.getAddress(), ctx.pipeline().get(SslHandler.class) != null);
    }

    @Override
    public void named(String operation) {
        log.named(operation);
    }

    @Override
    public void carry(HttpHeaders headers) {
        answer.carry(headers);
    }

    @Override
    public ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    @Override
    public void countAgainst(Budget.Lease lease) {
        room.countAgainst(lease);
        log.of(lease.owner());
    }

    @Override
    public void reserve(long bytes) {
        room.take(bytes);
        connection.reserved(bytes);
    }

    @Override
    public Budget.Lease borrow(long bytes) {
        return room.borrow(bytes);
    }

    @Override
    public CompletionStage<Void> receive(ByteSink sink, Outlet behind) {
        if (answer.written()) {
            sink.close();
            return CompletableFuture.failedStage(new S3Exception(S3Error.INCOMPLETE_BODY));
        }
        if (!body.ended()) {
            connection.expect(body.announced());
        }
        return body.into(sink, behind);
    }

    /** A piece of the request's body. */
    void content(HttpContent content) {
        body.content(content);
    }

    @Override
    public void respond(Response response) {
        if (answer.none()) {
            lastOfConnection = mustClose();
            sent(answer.respond(
                    response, lastOfConnection, () -> body.leave(new S3Exception(S3Error.INCOMPLETE_BODY))));
        }
    }

    @Override
    public ResponseBody open(int status, HttpHeaders headers, Runnable abandoned) {
        if (!answer.none()) { // the client left before
            eventLoop().execute(abandoned);
            return answer.nowhere();
        }
        lastOfConnection = mustClose();
        return answer.open(status, headers, lastOfConnection, abandoned, this::sent);
    }

    /** Answers with the error document of {@code cause}, or cuts the connection if an answer has begun. */
    void fail(Throwable cause) {
        if (answer.written()) {
            return;
        }
        ErrorDocument.Told failure = ErrorDocument.tell(cause, requestId);
        if (ErrorDocument.outOfMemory(cause)) {
            front.events().tell(new Refused(Refusal.MEMORY));
        } else if (ErrorDocument.outOfTurn(cause)) {
            front.events().tell(new Refused(Refusal.STORE));
        }
        if (answer.none()) {
            log.failed(failure.code());
            respond(ErrorDocument.of(failure, requestId, request.uri()));
        } else {
            log.cut(failure.code());
            answer.cut();
            connection.cut();
            over();
        }
    }

    private boolean mustClose() {
        return connection.leaving() || !HttpUtil.isKeepAlive(request) || !body.otherMayFollow();
    }

    /** The exchange is over when its last bytes are: a close before that would take them with it. */
    private void sent(ChannelFuture lastWrite) {
        lastWrite.addListener(written -> {
            if (!written.isSuccess()) {
                log.cut(cutFor);
            }
            over(); // before the next exchange wants room
            if (!written.isSuccess()) {
                connection.cut();
            } else if (lastOfConnection || body.broken() || connection.draining()) {
                connection.finishedForGood(!body.ended() || body.broken());
            } else if (body.ended()) {
                connection.finished();
            } else {
                connection.finishedWithBodyLeft();
            }
        });
    }

    /** What may still arrive can be read neither as a body nor as another request. */
    void bodyWillNotCome() {
        body.willNotCome();
    }

    void writabilityChanged() {
        answer.writabilityChanged();
    }

    /** Nothing moved on the socket for the idle timeout. */
    void stoodStill() {
        if (body.waiting()) {
            body.tooSlow();
        } else if (answer.written()) { // the client does not take the last of it
            cutFor = "IdleTimeout";
            connection.cut();
        } else if (answer.stuck()) {
            cutFor = "IdleTimeout";
            connectionLost();
            connection.cut();
        }
    }

    void connectionLost() {
        log.cut(cutFor);
        Runnable streaming = answer.giveUp();
        body.leave(new S3Exception(S3Error.INCOMPLETE_BODY));
        streaming.run();
        over();
    }

    private void over() {
        room.close();
        log.end();
        leaving.over();
    }
}
