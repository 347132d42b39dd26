package io.sealward.gateway.store;

import io.netty.channel.EventLoop;

/** Who waits for what the store is asked. Every method is called on the event loop, and every callback comes there. */
public interface Asker {
    EventLoop eventLoop();

    /** Has {@code gone} run when nobody waits for it any more, at once if that is so already. */
    void whenLeft(Runnable gone);

    /** One who never leaves. */
    static Asker staying(EventLoop loop) {
        return new Staying(loop);
    }

    /** See {@link #staying}. */
    record Staying(EventLoop eventLoop) implements Asker {
        @Override
        public void whenLeft(Runnable gone) {}
    }
}
