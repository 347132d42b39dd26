package io.sealward.gateway.store;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.flow.AskedReads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection to the store: hands messages to the call under way, watches for silence, and goes back to the pool
 * when the call is whole. While it idles there a read is outstanding, so that the store's FIN is noticed.
 */
final class StoreConnection extends ChannelInboundHandlerAdapter {
    private final ConnectionPool pool;
    private final AskedReads reads;
    private final Duration responseTimeout;
    private final Events events;
    private final ChannelFutureListener sent = this::sent;
    private Channel channel;
    private StoreCall call;
    private ScheduledFuture<?> watchdog;
    private ScheduledFuture<?> expiry;
    private long idleSince;

    StoreConnection(ConnectionPool pool, AskedReads reads, Duration responseTimeout, Events events) {
        this.pool = pool;
        this.reads = reads;
        this.responseTimeout = responseTimeout;
        this.events = events;
    }

    /** Starts a call: the head goes out at once if the request is admitted, and the first read is asked for. */
    StoreCall start(HttpRequest head, StoreRequest request, Runnable requireAdmitted) {
        long start = System.nanoTime();
        call = new StoreCall(this, channel, request, requireAdmitted);
        events.tell(new ConnectionTaken());
        call.response()
                .whenComplete((response, failure) -> events.tell(new StoreCalled(
                        head.method().name(), failure == null ? response.status() : 0, System.nanoTime() - start)));
        if (!call.admitted()) {
            return call;
        }
        if (request.announcesBody()) {
            write(head);
        } else {
            channel.write(head).addListener(sent);
            write(LastHttpContent.EMPTY_LAST_CONTENT);
        }
        channel.read();
        return call;
    }

    /** A write that fails closes the connection, unless an answer may still be read; the call hears of the one or the other. */
    void write(Object message) {
        channel.writeAndFlush(message).addListener(sent);
    }

    private void sent(ChannelFuture write) {
        boolean broken = !write.isSuccess();
        if (broken && !(write.cause() instanceof IOException && call != null && call.cut())) {
            channel.close();
        }
    }

    /** Somebody takes the body of the answer: it may come in larger pieces. */
    void bodyWanted() {
        reads.expect(Long.MAX_VALUE);
    }

    /** The call is whole. */
    void done(boolean reusable) {
        call = null;
        events.tell(new ConnectionFreed());
        reads.expect(0);
        if (reusable && channel.isActive()) {
            channel.read();
            pool.release(this);
        } else {
            channel.close();
        }
    }

    void enterPool(ScheduledFuture<?> expiry, long now) {
        this.expiry = expiry;
        idleSince = now;
    }

    /** When it was last put into the pool. */
    long idleSince() {
        return idleSince;
    }

    void leavePool() {
        expiry.cancel(false);
    }

    boolean active() {
        return channel.isActive();
    }

    void close() {
        channel.close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        long period = Math.max(responseTimeout.toMillis() / 4, 50);
        watchdog = channel.eventLoop().scheduleAtFixedRate(this::checkProgress, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (call == null) { // bytes that nobody asked for
            ReferenceCountUtil.release(message);
            ctx.close();
        } else {
            call.received(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (call != null) {
            call.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (call == null) {
            pool.forget(this);
        }
        fail(new StaleConnectionException());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        watchdog.cancel(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(
                cause instanceof IOException broken
                        ? new StaleConnectionException(broken)
                        : new StoreException("the connection to the store broke: " + cause.getMessage(), cause));
        ctx.close();
    }

    private void checkProgress() {
        if (call != null && call.stalled(responseTimeout.toNanos())) {
            fail(new StoreException("the store did not answer in time"));
            channel.close();
        }
    }

    private void fail(StoreException why) {
        if (call != null) {
            StoreCall broken = call;
            call = null;
            events.tell(new ConnectionFreed());
            broken.failed(why);
        }
    }
}
