package io.sealward.gateway.front;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * The turns of requests that wait behind others of their connection. A few are called at a time, in the order of their
 * asking, and then the event loop looks after its sockets: what those pay for it does not grow with the number of
 * connections that send ahead. On one event loop.
 */
final class PipelinedTurns {
    /** Some hundred microseconds of work. */
    static final int AT_A_TIME = 8;

    /** Not a task, which would come before the sockets of others. */
    private static final long REST_MILLIS = 1;

    private final EventLoop loop;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean resting;

    PipelinedTurns(EventLoop loop) {
        this.loop = loop;
    }

    /** Has {@code next} run when its turn has come. */
    void await(Runnable next) {
        waiting.add(next);
        rest();
    }

    private void rest() {
        if (resting || waiting.isEmpty()) {
            return;
        }
        resting = true;
        loop.schedule(this::call, REST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void call() {
        resting = false;
        for (int left = Math.min(AT_A_TIME, waiting.size()); left > 0; left--) {
            waiting.remove().run();
        }
        rest();
    }
}
