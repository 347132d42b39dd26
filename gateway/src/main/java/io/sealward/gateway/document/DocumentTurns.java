package io.sealward.gateway.document;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The turns in which clients' documents are read: one piece of one socket read, and then the event loop looks after
 * everything else for a while, however many documents have more. Projects take turns, and so do the documents of each. Where
 * nobody waits a turn comes at once. Safe on any thread; a turn comes on its own loop.
 */
final class DocumentTurns {
    /** Longer than it takes to parse a piece, of 128 KiB at most. */
    static final long REST_MILLIS = 1;

    private final ConcurrentMap<EventLoop, OfLoop> loops = new ConcurrentHashMap<>();

    /** Has {@code next} run when its turn has come. Called on the loop. */
    void await(EventLoop loop, String project, Runnable next) {
        loops.computeIfAbsent(loop, OfLoop::new).await(project, next);
    }

    private static final class OfLoop {
        private final EventLoop loop;
        private final Map<String, Queue<Runnable>> lines = new LinkedHashMap<>();
        private boolean resting;

        OfLoop(EventLoop loop) {
            this.loop = loop;
        }

        void await(String project, Runnable next) {
            lines.computeIfAbsent(project, first -> new ArrayDeque<>()).add(next);
            if (!resting) {
                call();
            }
        }

        private void call() {
            Iterator<Map.Entry<String, Queue<Runnable>>> projects =
                    lines.entrySet().iterator();
            resting = projects.hasNext();
            if (!resting) {
                return;
            }
            Map.Entry<String, Queue<Runnable>> first = projects.next();
            projects.remove();
            Runnable next = first.getValue().remove();
            if (!first.getValue().isEmpty()) {
                lines.put(first.getKey(), first.getValue()); // behind the others
            }
            loop.schedule(this::call, REST_MILLIS, TimeUnit.MILLISECONDS);
            next.run();
        }
    }
}
