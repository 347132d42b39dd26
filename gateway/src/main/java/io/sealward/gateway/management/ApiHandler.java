package io.sealward.gateway.management;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, one request at a time: the next is read when the answer is written. */
final class ApiHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Router router;
    private boolean answering;

    ApiHandler(Router router) {
        this.router = router;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
        answering = true;
        String id = "req_" + UUID.randomUUID().toString().replace("-", "");
        if (message.decoderResult().isFailure()) {
            write(ctx, id, malformed(message.decoderResult().cause()).response(), false);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(message);
        ApiRequest request = new ApiRequest(
                id,
                message.method().name(),
                message.uri(),
                Optional.ofNullable(message.headers().get(HttpHeaderNames.AUTHORIZATION)),
                ByteBufUtil.getBytes(message.content()));
        router.answer(request)
                .thenAccept(response -> ctx.executor().execute(() -> write(ctx, id, response, keepAlive)));
    }

    static ApiException malformed(Throwable cause) {
        return cause instanceof TooLongFrameException
                ? ApiException.refused("request_line_or_headers_too_large", "The URL or the headers are too large.")
                : ApiException.refused("invalid_http", "The request is not well-formed HTTP.");
    }

    static FullHttpResponse message(String requestId, ApiResponse response) {
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

    private void write(ChannelHandlerContext ctx, String id, ApiResponse response, boolean keepAlive) {
        answering = false;
        FullHttpResponse message = message(id, response);
        HttpUtil.setKeepAlive(message, keepAlive);
        var written = ctx.writeAndFlush(message);
        if (keepAlive) {
            ctx.read();
        } else {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !answering) {
            var unused = ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        boolean clientsFault = cause instanceof IOException || cause.getCause() instanceof SSLException;
        if (!clientsFault) {
            LOG.error("a management connection failed", cause);
        }
        var unused = ctx.close();
    }
}
