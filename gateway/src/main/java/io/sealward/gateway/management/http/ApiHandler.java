package io.sealward.gateway.management.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, one request at a time: what a client sends on top waits, and it is not read on meanwhile. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private static final int LINGER_SECONDS = 2;

    private final Router router;
    private final Queue<Incoming> waiting = new ArrayDeque<>();
    private boolean answering;
    private boolean closing;

    ApiHandler(Router router) {
        this.router = router;
    }

    /** A request, or the answer to what is none. */
    private record Incoming(ApiRequest request, Optional<ApiException> malformed, boolean keepAlive) {}

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
        if (closing) {
            return;
        }
        boolean failed = message.decoderResult().isFailure();
        waiting.add(new Incoming(
                new ApiRequest(
                        "req_" + UUID.randomUUID().toString().replace("-", ""),
                        message.method().name(),
                        message.uri(),
                        Optional.ofNullable(message.headers().get(HttpHeaderNames.AUTHORIZATION)),
                        ByteBufUtil.getBytes(message.content())),
                failed ? Optional.of(malformed(message.decoderResult().cause())) : Optional.empty(),
                !failed && HttpUtil.isKeepAlive(message)));
        if (answering) {
            ctx.channel().config().setAutoRead(false);
        } else {
            answerNext(ctx);
        }
    }

    private void answerNext(ChannelHandlerContext ctx) {
        Incoming next = waiting.poll();
        if (next == null) {
            ctx.channel().config().setAutoRead(true);
            return;
        }
        answering = true;
        CompletionStage<ApiResponse> answer = next.malformed()
                .<CompletionStage<ApiResponse>>map(
                        e -> CompletableFuture.completedFuture(router.refuse(next.request(), e)))
                .orElseGet(() -> router.answer(next.request()));
        answer.thenAccept(response -> ctx.executor().execute(() -> write(ctx, next, response)));
    }

    private static ApiException malformed(Throwable cause) {
        if (cause instanceof BodyTooLargeException tooLarge) {
            return ApiException.tooLarge(tooLarge.maxBytes());
        }
        return cause instanceof TooLongFrameException
                ? ApiException.refused("request_line_or_headers_too_large", "The URL or the headers are too large.")
                : ApiException.refused("invalid_http", "The request is not well-formed HTTP.");
    }

    private static FullHttpResponse message(String requestId, ApiResponse response) {
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(response.body()));
        message.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, response.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, response.body().length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set("x-request-id", requestId);
        if (response.status() == 401) {
            message.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        return message;
    }

    private void write(ChannelHandlerContext ctx, Incoming request, ApiResponse response) {
        answering = false;
        FullHttpResponse message = message(request.request().id(), response);
        HttpUtil.setKeepAlive(message, request.keepAlive());
        var written = ctx.writeAndFlush(message);
        if (request.keepAlive()) {
            answerNext(ctx);
        } else {
            closing = true;
            ctx.channel().config().setAutoRead(true);
            waiting.clear();
            written.addListener(done -> hangUp(ctx, request.malformed().isPresent()));
        }
    }

    /**
     * Closing on bytes that are still coming in would take the answer back from the client, so its end is waited for, but
     * not long; the gateway's own is told at once, where that does not end a TLS session.
     */
    private static void hangUp(ChannelHandlerContext ctx, boolean midway) {
        if (!midway) {
            ctx.close();
            return;
        }
        if (ctx.pipeline().get(SslHandler.class) == null) {
            ((DuplexChannel) ctx.channel()).shutdownOutput();
        }
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        waiting.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !answering) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset, bytes that are no HTTP or TLS, a body that ends midway, more requests at once than may wait.
        boolean clientsFault = cause instanceof IOException || cause instanceof CodecException;
        if (!clientsFault) {
            LOG.error("a management connection failed", cause);
        }
        ctx.close();
    }
}
