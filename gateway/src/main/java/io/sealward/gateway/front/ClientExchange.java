package io.sealward.gateway.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The exchange under way on a {@link ClientConnection}. */
final class ClientExchange implements Exchange {
    private enum Answer {
        NONE,
        STREAMING,
        WRITTEN
    }

    private final ClientConnection connection;
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final String requestId = RequestIds.next();
    private final AccessLog log;
    private final Front front;
    private final BodyPace pace;
    private Optional<Budget.Lease> room = Optional.empty();
    private Answer answer = Answer.NONE;
    private boolean bodyRead;
    private boolean broken;
    private boolean continueOwed;
    private boolean lastOfConnection;
    private Receiving receiving;
    private final List<Runnable> whenLeft = new ArrayList<>();
    private boolean left;
    private Runnable abandoned = () -> {};
    private Runnable resume = () -> {};
    private String cutFor = "ClientLeft";

    ClientExchange(ClientConnection connection, ChannelHandlerContext ctx, HttpRequest request, Front front) {
        this.connection = connection;
        this.front = front;
        this.pace = new BodyPace(front.limits());
        this.ctx = ctx;
        this.request = request;
        this.continueOwed = HttpUtil.is100ContinueExpected(request);
        this.log = new AccessLog(request, requestId, ctx.channel(), front.observer());
    }

    /** A body on its way into a sink. */
    private record Receiving(ByteSink sink, Outlet behind, CompletableFuture<Void> result) {}

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public EventLoop eventLoop() {
        return ctx.channel().eventLoop();
    }

    @Override
    public void whenLeft(Runnable gone) {
        if (left) {
            gone.run();
        } else {
            whenLeft.add(gone);
        }
    }

    @Override
    public void named(String operation) {
        log.named(operation);
    }

    @Override
    public ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    @Override
    public void countAgainst(Budget.Lease lease) {
        room = Optional.of(lease);
    }

    @Override
    public void reserve(long bytes) {
        if (room.isPresent()) {
            take(room.get(), bytes);
        }
        connection.reserved(bytes);
    }

    @Override
    public Budget.Lease borrow(long bytes) {
        Budget.Lease lease = room.orElseThrow().beside();
        take(lease, bytes);
        return lease;
    }

    private void take(Budget.Lease lease, long bytes) {
        if (!lease.take(bytes)) {
            front.observer().refused(Refusal.SHARE);
            throw new S3Exception(S3Error.SLOW_DOWN);
        }
    }

    @Override
    public CompletionStage<Void> receive(ByteSink sink, Outlet behind) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        if (answer == Answer.WRITTEN || bodyRead) {
            sink.close();
            result.completeExceptionally(new S3Exception(S3Error.INCOMPLETE_BODY));
            return result;
        }
        receiving = new Receiving(sink, behind, result);
        connection.expect(
                HttpUtil.isTransferEncodingChunked(request) ? Long.MAX_VALUE : HttpUtil.getContentLength(request, 0L));
        if (continueOwed) {
            continueOwed = false;
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        readWhenRoom();
        return result;
    }

    private void readWhenRoom() {
        if (receiving == null) {
            return;
        }
        if (receiving.behind().writable()) {
            pace.asked(ctx.executor().ticker().nanoTime());
            ctx.read();
        } else {
            receiving.behind().onWritable(this::readWhenRoom);
        }
    }

    /** A piece of the request's body. */
    void content(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        bodyRead |= last;
        if (receiving == null) { // refused while a read was outstanding
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            bodyWillNotCome();
            endReceiving(new S3Exception(S3Error.INCOMPLETE_BODY, "The request's body is not well-formed HTTP."));
            return;
        }
        Receiving to = receiving;
        int length = content.content().readableBytes();
        if (!pace.came(length, ctx.executor().ticker().nanoTime()) && !last) {
            content.release();
            tooSlow();
            return;
        }
        try {
            log.received(length);
            to.sink().write(content.content());
            if (last) {
                to.sink().finish();
                receiving = null;
                to.sink().close();
                to.result().complete(null);
            } else {
                readWhenRoom();
            }
        } catch (RuntimeException e) {
            endReceiving(e);
        }
    }

    private void endReceiving(RuntimeException cause) {
        Receiving ended = receiving;
        receiving = null;
        if (ended != null) {
            ended.sink().close();
            ended.result().completeExceptionally(cause);
        }
    }

    @Override
    public void respond(Response response) {
        if (answer != Answer.NONE) {
            return;
        }
        ByteBuf body = request.method().equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(response.body());
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                body,
                response.headers().copy(),
                EmptyHttpHeaders.INSTANCE);
        if (!message.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && response.status() != 204
                && response.status() != 304) { // where it would be that of a 200
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        complete(message.headers());
        log.answered(response.status());
        log.sent(body.readableBytes());
        answer = Answer.WRITTEN;
        endReceiving(new S3Exception(S3Error.INCOMPLETE_BODY));
        endWith(ctx.writeAndFlush(message));
    }

    @Override
    public ResponseBody open(int status, HttpHeaders headers, Runnable abandoned) {
        if (answer != Answer.NONE) { // the client left before
            eventLoop().execute(abandoned);
            return new Streaming();
        }
        HttpHeaders all = new DefaultHttpHeaders().add(headers);
        complete(all);
        log.answered(status);
        answer = Answer.STREAMING;
        this.abandoned = abandoned;
        ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), all))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return new Streaming();
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

    /** Answers with the error document of {@code cause}, or cuts the connection if an answer has begun. */
    void fail(Throwable cause) {
        if (answer == Answer.WRITTEN) {
            return;
        }
        ErrorDocument.Told failure = ErrorDocument.tell(cause, requestId);
        if (ErrorDocument.outOfMemory(cause)) {
            front.observer().refused(Refusal.MEMORY);
        } else if (ErrorDocument.outOfTurn(cause)) {
            front.observer().refused(Refusal.STORE);
        }
        if (answer == Answer.NONE) {
            log.failed(failure.code());
            respond(ErrorDocument.of(failure, requestId, path()));
        } else {
            log.cut(failure.code());
            answer = Answer.WRITTEN;
            abandoned = () -> {};
            connection.cut();
            over();
        }
    }

    private final class Streaming implements ResponseBody {
        @Override
        public void write(ByteBuf data) {
            if (answer == Answer.STREAMING) {
                log.sent(data.readableBytes());
                ctx.writeAndFlush(new DefaultHttpContent(data)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            } else {
                data.release();
            }
        }

        @Override
        public boolean writable() {
            return answer != Answer.STREAMING || ctx.channel().isWritable();
        }

        @Override
        public void onWritable(Runnable next) {
            if (writable()) {
                next.run();
            } else {
                resume = next;
            }
        }

        @Override
        public void end() {
            if (answer == Answer.STREAMING) {
                answer = Answer.WRITTEN;
                abandoned = () -> {};
                endWith(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
            }
        }
    }

    /** What every answer carries. */
    private void complete(HttpHeaders headers) {
        headers.set("x-amz-request-id", requestId);
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(Instant.now())));
        headers.set(HttpHeaderNames.SERVER, "Sealward");
        lastOfConnection = mustClose();
        if (lastOfConnection) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private boolean mustClose() {
        return connection.draining() || !HttpUtil.isKeepAlive(request) || !(bodyRead || bodyWorthPassingOver());
    }

    /** Whether the rest of the body is better read than the connection closed. A client told to wait may send none. */
    private boolean bodyWorthPassingOver() {
        return !continueOwed
                && !HttpUtil.isTransferEncodingChunked(request)
                && ClientConnection.worthPassingOver(HttpUtil.getContentLength(request, 0L));
    }

    /** The exchange is over when its last bytes are: a close before that would take them with it. */
    private void endWith(ChannelFuture lastWrite) {
        lastWrite.addListener(written -> {
            if (!written.isSuccess()) {
                log.cut(cutFor);
            }
            over(); // before the next exchange wants room
            if (!written.isSuccess()) {
                connection.cut();
            } else if (lastOfConnection || broken || connection.draining()) {
                connection.finishedForGood(!bodyRead || broken);
            } else if (bodyRead) {
                connection.finished();
            } else {
                connection.finishedWithBodyLeft();
            }
        });
    }

    /** What may still arrive can not be read as a body, nor as another request. */
    void bodyWillNotCome() {
        broken = true;
        bodyRead = true;
        continueOwed = false;
        HttpUtil.setKeepAlive(request, false);
    }

    void writabilityChanged() {
        if (ctx.channel().isWritable()) {
            runResume();
        }
    }

    /** Nothing moved on the socket for the idle timeout. */
    void stoodStill() {
        if (receiving != null && receiving.behind().writable()) {
            tooSlow();
        } else if (answer == Answer.WRITTEN) { // the client does not take the last of it
            cutFor = "IdleTimeout";
            connection.cut();
        } else if (answer == Answer.STREAMING && !ctx.channel().isWritable()) {
            cutFor = "IdleTimeout";
            connectionLost();
            connection.cut();
        }
    }

    private void tooSlow() {
        bodyWillNotCome();
        endReceiving(new S3Exception(S3Error.REQUEST_TIMEOUT));
    }

    void connectionLost() {
        log.cut(cutFor);
        Runnable gone = abandoned;
        abandoned = () -> {};
        answer = Answer.WRITTEN;
        endReceiving(new S3Exception(S3Error.INCOMPLETE_BODY));
        gone.run();
        runResume();
        over();
    }

    private void over() {
        room.ifPresent(Budget.Lease::close);
        log.end();
        left = true;
        whenLeft.forEach(Runnable::run);
        whenLeft.clear();
    }

    private void runResume() {
        Runnable next = resume;
        resume = () -> {};
        next.run();
    }

    private String path() {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }
}
