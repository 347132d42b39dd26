package io.sealward.gateway.front;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The body of one request, from the connection into a sink. On the event loop of its exchange.
 *
 * <pre>
 *   UNREAD ----receive----> RECEIVING ----last piece----> ENDING ----taken, or refused by the sink----> READ
 *     |                         |
 *     |                         +--refused by the sink, or nobody wants it any more--> LEFT --last piece--> READ
 *     |                         |
 *     +----head malformed-------+--malformed, or too slow--> BROKEN
 * </pre>
 *
 * What was received is closed, and who waits for it told, once: on the way out of RECEIVING or ENDING. What still comes in
 * UNREAD or LEFT is passed over. BROKEN is for good: what may still arrive can be read neither as a body nor as a request.
 */
final class RequestIntake {
    private sealed interface State {
        /** @param continueOwed whether the client waits to be told that it may send */
        record Unread(boolean continueOwed) implements State {}

        record Receiving(ByteSink sink, Outlet behind, CompletableFuture<Void> result) implements State {
            void fail(RuntimeException cause) {
                sink.close();
                result.completeExceptionally(cause);
            }
        }

        /** The last piece is being taken. */
        record Ending(Receiving from) implements State {}

        enum Bare implements State {
            LEFT,
            READ,
            BROKEN
        }
    }

    private final ChannelHandlerContext ctx;
    private final HttpRequest request;
    private final AccessLog log;
    private final BodyPace pace;
    private State state;

    RequestIntake(ChannelHandlerContext ctx, HttpRequest request, AccessLog log, BodyPace pace) {
        this.ctx = ctx;
        this.request = request;
        this.log = log;
        this.pace = pace;
        this.state = new State.Unread(HttpUtil.is100ContinueExpected(request));
    }

    /** How much is to come; {@link Long#MAX_VALUE} if the client does not say. */
    long announced() {
        return HttpUtil.isTransferEncodingChunked(request) ? Long.MAX_VALUE : HttpUtil.getContentLength(request, 0L);
    }

    /** As {@link Exchange#receive} says, of an exchange that is not answered. */
    CompletionStage<Void> into(ByteSink sink, Outlet behind) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        State.Receiving receiving = new State.Receiving(sink, behind, result);
        if (ended()) {
            receiving.fail(new S3Exception(S3Error.INCOMPLETE_BODY));
            return result;
        }
        boolean tellToSend = state instanceof State.Unread unread && unread.continueOwed();
        state = receiving;
        if (tellToSend) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER))
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
        readWhenRoom();
        return result;
    }

    private void readWhenRoom() {
        if (!(state instanceof State.Receiving receiving)) {
            return;
        }
        if (receiving.behind().writable()) {
            pace.asked(ctx.executor().ticker().nanoTime());
            ctx.read();
        } else {
            receiving.behind().onWritable(this::readWhenRoom);
        }
    }

    /** Takes a piece of the body, and owns it. */
    void content(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (!(state instanceof State.Receiving receiving)) { // refused while a read was outstanding
            content.release();
            if (last && !broken()) {
                state = State.Bare.READ;
            }
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            breakOff(new S3Exception(S3Error.INCOMPLETE_BODY, "The request's body is not well-formed HTTP."));
            return;
        }
        int length = content.content().readableBytes();
        if (!pace.came(length, ctx.executor().ticker().nanoTime()) && !last) {
            content.release();
            tooSlow();
            return;
        }
        log.received(length);
        if (last) {
            state = new State.Ending(receiving);
        }
        take(content, receiving, last);
    }

    private void take(HttpContent content, State.Receiving to, boolean last) {
        try {
            to.sink().write(content.content());
            if (!last) {
                readWhenRoom();
            } else if (state instanceof State.Ending) { // and nobody has left it meanwhile
                to.sink().finish();
                state = State.Bare.READ;
                to.sink().close();
                to.result().complete(null);
            }
        } catch (RuntimeException e) {
            leave(e);
        }
    }

    /** Nobody wants the rest. Who received is told why. */
    void leave(RuntimeException why) {
        if (state instanceof State.Receiving receiving) {
            state = State.Bare.LEFT;
            receiving.fail(why);
        } else if (state instanceof State.Ending ending) {
            state = State.Bare.READ;
            ending.from().fail(why);
        }
    }

    /** What may still arrive cannot be read as a body, nor as another request. */
    void willNotCome() {
        breakOff(new S3Exception(S3Error.INCOMPLETE_BODY));
    }

    /** The client does not send what it announced. */
    void tooSlow() {
        breakOff(new S3Exception(S3Error.REQUEST_TIMEOUT));
    }

    private void breakOff(S3Exception why) {
        State before = state;
        state = State.Bare.BROKEN;
        if (before instanceof State.Receiving receiving) {
            receiving.fail(why);
        }
    }

    /** Whether it waits for the client, and for nobody else. */
    boolean waiting() {
        return state instanceof State.Receiving receiving && receiving.behind().writable();
    }

    /** Whether no more of it is to come. */
    boolean ended() {
        return state instanceof State.Ending || state == State.Bare.READ || broken();
    }

    boolean broken() {
        return state == State.Bare.BROKEN;
    }

    /**
     * Whether another request can follow on the connection: the body has ended, or what is left of it is better read than the
     * connection closed. A client that waits to be told to send may send none.
     */
    boolean otherMayFollow() {
        if (broken()) {
            return false;
        }
        boolean continueOwed = state instanceof State.Unread unread && unread.continueOwed();
        return ended()
                || (!continueOwed
                        && !HttpUtil.isTransferEncodingChunked(request)
                        && ClientConnection.worthPassingOver(HttpUtil.getContentLength(request, 0L)));
    }
}
