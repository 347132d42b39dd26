package io.sealward.gateway.flow;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.UncheckedBooleanSupplier;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Passes on what one socket read brings for each {@code read()}, and takes no more room for it than is expected to come: a
 * few KiB, or up to 128 KiB while a body does. For channels without auto-read that allow half-closure; the first handler
 * of the pipeline.
 *
 * <p>Without it Netty reads up to sixteen times for one {@code read()}; and its epoll transport, once the peer has sent its
 * FIN, reads all that the kernel holds though nobody asked. That waits here, within bounds, and so does the FIN itself: it
 * shows when all before it was asked for.
 */
public final class AskedReads extends ChannelDuplexHandler {
    private static final int FIRST_OF_BODY = 32 << 10;
    private static final int MOST_OF_BODY = 128 << 10;
    private static final RecvByteBufAllocator ONE_READ =
            new FixedRecvByteBufAllocator(FIRST_OF_BODY).maxMessagesPerRead(1);

    private final int small;
    private final Queue<ByteBuf> unasked = new ArrayDeque<>();
    private long most;
    private long expected;
    private long unaskedBytes;
    private boolean asked;
    private boolean passingOn;
    private boolean inputEnded;

    /**
     * @param small what a read may bring while no body is expected
     * @param most what may wait here of a peer that has sent its FIN; one that sent more is cut
     */
    public AskedReads(int small, int most) {
        this.small = small;
        this.most = most;
    }

    /** How many bytes of a body are still to come: 0 if none, {@link Long#MAX_VALUE} if nobody knows. */
    public void expect(long bytes) {
        expected = bytes;
    }

    /** Lets more wait here, or less if negative. */
    public void allow(long bytes) {
        most += bytes;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel()
                .config()
                .setRecvByteBufAllocator(() -> new Handle((RecvByteBufAllocator.ExtendedHandle) ONE_READ.newHandle()));
    }

    /** A loop, not a recursion: whoever takes something asks for the next from within. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        asked = true;
        if (passingOn) {
            return;
        }
        passingOn = true;
        try {
            while (asked && !unasked.isEmpty()) {
                asked = false;
                ByteBuf next = unasked.remove();
                unaskedBytes -= next.readableBytes();
                ctx.fireChannelRead(next);
                ctx.fireChannelReadComplete();
            }
        } finally {
            passingOn = false;
        }
        if (asked && inputEnded) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        } else if (asked) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf data = (ByteBuf) message;
        if (asked) {
            asked = false;
            ctx.fireChannelRead(data);
            return;
        }
        unaskedBytes += data.readableBytes();
        if (unaskedBytes <= most) {
            unasked.add(data);
        } else {
            data.release();
            ctx.executor().execute(ctx::close); // not here, where the transport still reads from the socket
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent && !asked) {
            inputEnded = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        unasked.forEach(ByteBuf::release);
        unasked.clear();
    }

    /** Netty's own sizes would shrink with each head that is read between two bodies. */
    private final class Handle extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final RecvByteBufAllocator.ExtendedHandle reads;
        private int ofBody = Math.max(small, FIRST_OF_BODY);
        private int taken;
        private boolean lastWasSparse;

        Handle(RecvByteBufAllocator.ExtendedHandle reads) {
            super(reads);
            this.reads = reads;
        }

        @Override
        public int guess() {
            return (int) Math.max(small, Math.min(ofBody, expected));
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            taken = guess();
            return allocator.ioBuffer(taken);
        }

        @Override
        public void lastBytesRead(int bytes) {
            if (bytes > 0 && expected != Long.MAX_VALUE) {
                expected = Math.max(0, expected - bytes);
            }
            if (taken == ofBody) { // else it was for a head, or for the rest of a body
                learn(bytes);
            }
            reads.lastBytesRead(bytes);
        }

        private void learn(int bytes) {
            if (bytes == ofBody) {
                ofBody = Math.min(2 * ofBody, MOST_OF_BODY);
                lastWasSparse = false;
            } else if (bytes <= ofBody / 4) {
                ofBody = lastWasSparse ? Math.max(small, ofBody / 2) : ofBody;
                lastWasSparse = !lastWasSparse;
            }
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return reads.continueReading(maybeMoreData);
        }
    }
}
