package io.sealward.gateway.flow;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Passes on one message for each {@code read()}, however many a decoder makes of one socket read; the rest waits here. A
 * {@code read()} stays open until it has its message. For channels without auto-read.
 *
 * <p>Where the channel allows half-closure, it is closed when the last message before the peer's end has been taken; else
 * the transport closes it at that end, and what waits is lost.
 *
 * <p>Netty's {@code FlowControlHandler} forgets a {@code read()} that is called while a message is handled, if the socket
 * read ends before the next one; this class exists for that case.
 */
public final class OneMessagePerRead extends ChannelDuplexHandler {
    private final Queue<Object> waiting = new ArrayDeque<>();
    private boolean wanted;
    private boolean passingOn;
    private boolean socketReadUnderWay;
    private boolean inputEnded;

    @Override
    public void read(ChannelHandlerContext ctx) {
        wanted = true;
        passOn(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        socketReadUnderWay = true;
        waiting.add(message);
        passOn(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        socketReadUnderWay = false;
        ctx.fireChannelReadComplete();
        if (wanted) { // what was read made too few messages, or none
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded = true;
            passOn(ctx);
        }
    }

    /** A loop, not a recursion: whoever takes a message asks for the next from within. */
    private void passOn(ChannelHandlerContext ctx) {
        if (passingOn) {
            return;
        }
        passingOn = true;
        try {
            while (wanted && !waiting.isEmpty()) {
                wanted = false;
                ctx.fireChannelRead(waiting.remove());
            }
        } finally {
            passingOn = false;
        }
        if (inputEnded && waiting.isEmpty()) {
            ctx.close();
        } else if (wanted && !socketReadUnderWay) { // of which more messages may still come
            ctx.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
