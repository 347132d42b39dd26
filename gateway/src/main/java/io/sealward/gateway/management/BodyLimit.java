package io.sealward.gateway.management;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Gathers a request's body up to a bound, beyond which it answers with the API's error object and hangs up. */
final class BodyLimit extends HttpObjectAggregator {
    BodyLimit(int maxBytes) {
        super(maxBytes, true);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(ApiHandler.message(
                        "", ApiException.tooLarge(maxContentLength()).response()))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
