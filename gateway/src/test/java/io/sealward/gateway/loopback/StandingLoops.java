package io.sealward.gateway.loopback;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Executor;

/** One event loop, whose sockets are real and whose time is a ticker's. */
final class StandingLoops extends MultiThreadIoEventLoopGroup {
    StandingLoops(IoHandlerFactory io, MockTicker ticker) {
        super(1, (Executor) null, io, ticker);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory io, Object... ticker) {
        return new Loop(this, executor, io, (MockTicker) ticker[0]);
    }

    private static final class Loop extends SingleThreadIoEventLoop {
        private static final long LONG_NANOS = 1L << 40;

        private final MockTicker ticker;

        Loop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory io, MockTicker ticker) {
            super(parent, executor, io);
            this.ticker = ticker;
        }

        @Override
        public Ticker ticker() {
            return ticker == null ? Ticker.systemTicker() : ticker; // none yet while it is constructed
        }

        /** It is woken by a task when the ticker has moved, never by the clock of the machine. */
        @Override
        protected long delayNanos(long currentTimeNanos) {
            return LONG_NANOS;
        }

        @Override
        protected long deadlineNanos() {
            return -1;
        }
    }
}
