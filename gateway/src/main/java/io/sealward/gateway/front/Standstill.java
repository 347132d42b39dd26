package io.sealward.gateway.front;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells when nothing has moved on a connection for the idle timeout. What a slow client takes out of the kernel's send
 * buffer is no progress that Netty sees: between two writes that it accepts lie megabytes. So the kernel is asked, too,
 * when it last sent, which it does when the client has made room.
 */
final class Standstill extends IdleStateHandler {
    private final long allowedMillis;
    private final LongSupplier millisSinceSent;
    private long reads;

    Standstill(Duration allowed, LongSupplier millisSinceSent) {
        super(true, 0, 0, allowed.toMillis(), TimeUnit.MILLISECONDS);
        this.allowedMillis = allowed.toMillis();
        this.millisSinceSent = millisSinceSent;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        reads++;
        super.channelRead(ctx, message);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        tellIfStill(ctx, event, reads);
    }

    private void tellIfStill(ChannelHandlerContext ctx, IdleStateEvent event, long readsBefore) {
        if (reads != readsBefore || !ctx.channel().isActive()) {
            return;
        }
        long left = allowedMillis - millisSinceSent.getAsLong();
        if (left <= 0) {
            ctx.fireUserEventTriggered(event);
        } else {
            ctx.executor().schedule(() -> tellIfStill(ctx, event, readsBefore), left, TimeUnit.MILLISECONDS);
        }
    }
}
