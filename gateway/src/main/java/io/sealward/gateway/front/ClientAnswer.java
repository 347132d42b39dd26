package io.sealward.gateway.front;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealward.gateway.front.Exchange.ResponseBody;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;

/**
 * The answer of one exchange on its way to the client. On the event loop of its exchange.
 *
 * <pre>
 *   NONE --respond------------------------> WRITTEN
 *     |                                        ^
 *     +--open--> STREAMING --end---------------+
 *     |              |                         |
 *     +--------------+--given up---------------+
 * </pre>
 *
 * WRITTEN is for good, and not yet sent: that is told of the last write. What is written to a stream afterwards is let go, and
 * there is always room for it.
 */
final class ClientAnswer {
    private sealed interface State {
        /** @param abandoned called if it is given up */
        record Streaming(Runnable abandoned) implements State {}

        enum Bare implements State {
            NONE,
            WRITTEN
        }
    }

    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final String requestId;
    private final AccessLog log;
    private final HttpHeaders carried = new DefaultHttpHeaders();
    private State state = State.Bare.NONE;
    private Runnable resume = () -> {};

    ClientAnswer(ChannelHandlerContext ctx, HttpRequest request, String requestId, AccessLog log) {
        this.ctx = ctx;
        this.request = request;
        this.requestId = requestId;
        this.log = log;
    }

    /** Puts headers on it, over its own of the same names. */
    void carry(HttpHeaders headers) {
        carried.setAll(headers);
    }

    /** Whether nothing of it has been written. */
    boolean none() {
        return state == State.Bare.NONE;
    }

    boolean written() {
        return state == State.Bare.WRITTEN;
    }

    /** Whether more of it is to come, and the client takes none. */
    boolean stuck() {
        return state instanceof State.Streaming && !ctx.channel().isWritable();
    }

    /**
     * Writes all of it, from NONE.
     *
     * @param last of the connection
     * @param before what is done before anything is sent, when it is WRITTEN already
     */
    ChannelFuture respond(Response response, boolean last, Runnable before) {
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
        complete(message.headers(), last);
        log.answered(response.status());
        log.sent(body.readableBytes());
        state = State.Bare.WRITTEN;
        before.run();
        return ctx.writeAndFlush(message);
    }

    /**
     * Writes the head of it, from NONE.
     *
     * @param ended hears of the last write
     */
    ResponseBody open(
            int status, HttpHeaders headers, boolean last, Runnable abandoned, Consumer<ChannelFuture> ended) {
        HttpHeaders all = new DefaultHttpHeaders().add(headers);
        complete(all, last);
        log.answered(status);
        state = new State.Streaming(abandoned);
        ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), all))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        return new Stream(ended);
    }

    /** A stream that takes what comes, for a client that has left. */
    ResponseBody nowhere() {
        return new Stream(never -> {});
    }

    /** Ends it where it is, and tells nobody. */
    void cut() {
        state = State.Bare.WRITTEN;
    }

    /** Ends it where it is. What is returned tells who streams, and may be waiting for room; it is run once. */
    Runnable giveUp() {
        Runnable gone = state instanceof State.Streaming streaming ? streaming.abandoned() : () -> {};
        state = State.Bare.WRITTEN;
        return () -> {
            gone.run();
            roomMade();
        };
    }

    void writabilityChanged() {
        if (ctx.channel().isWritable()) {
            roomMade();
        }
    }

    private void roomMade() {
        Runnable next = resume;
        resume = () -> {};
        next.run();
    }

    /** What every answer carries. */
    private void complete(HttpHeaders headers, boolean last) {
        headers.setAll(carried);
        headers.set("x-amz-request-id", requestId);
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(Instant.now())));
        headers.set(HttpHeaderNames.SERVER, "Sealward");
        if (last) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private final class Stream implements ResponseBody {
        private final Consumer<ChannelFuture> ended;

        Stream(Consumer<ChannelFuture> ended) {
            this.ended = ended;
        }

        @Override
        public void write(ByteBuf data) {
            if (state instanceof State.Streaming) {
                log.sent(data.readableBytes());
                ctx.writeAndFlush(new DefaultHttpContent(data)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            } else {
                data.release();
            }
        }

        @Override
        public boolean writable() {
            return !(state instanceof State.Streaming) || ctx.channel().isWritable();
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
            if (state instanceof State.Streaming) {
                state = State.Bare.WRITTEN;
                ended.accept(ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT));
            }
        }
    }
}
