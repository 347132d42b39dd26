package io.sealward.gateway.management;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.TimeUnit;

/** Gathers a request's body up to a bound, beyond which it answers with the API's error object and hangs up. */
final class BodyLimit extends HttpObjectAggregator {
    private static final int LINGER_SECONDS = 2;

    BodyLimit(int maxBytes) {
        super(maxBytes, true);
    }

    /** Hangs up a moment later: closing on bytes that are still coming in would take the answer back from the client. */
    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        FullHttpResponse answer =
                ApiHandler.message("", ApiException.tooLarge(maxContentLength()).response());
        HttpUtil.setKeepAlive(answer, false);
        ctx.writeAndFlush(answer)
                .addListener(written -> ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS));
    }
}
