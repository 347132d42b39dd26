package io.sealward.gateway.front;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which the head of a request takes too long, counted from the connection's start or the end of
 * the answer before, when its last bytes have left. A client that sends a byte now and then never stands still. Behind a {@link
 * io.sealward.gateway.flow.OneMessagePerRead}, so that a head that comes early is not seen before its turn.
 */
final class HeadDeadline extends ChannelDuplexHandler {
    private final long allowedNanos;
    private boolean awaited = true;
    private long sinceNanos;
    private Future<?> watch;

    HeadDeadline(Duration allowed) {
        this.allowedNanos = allowed.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        sinceNanos = ctx.executor().ticker().nanoTime();
        long period = Math.max(1, allowedNanos / 4);
        watch = ctx.executor().scheduleAtFixedRate(() -> check(ctx), period, period, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        watch.cancel(false);
    }

    private void check(ChannelHandlerContext ctx) {
        if (awaited && ctx.executor().ticker().nanoTime() - sinceNanos > allowedNanos) {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            awaited = false;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !interim(message)) {
            ctx.write(message, promise.unvoid().addListener(taken -> {
                awaited = true;
                sinceNanos = ctx.executor().ticker().nanoTime();
            }));
        } else {
            ctx.write(message, promise);
        }
    }

    private static boolean interim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }
}
