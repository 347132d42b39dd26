package io.sealward.it.chaos.schedule;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Has something happen amid a request to the store: when so many bytes of it and of its answer have passed. Once. */
final class Tripwire {
    static final Tripwire NONE = new Tripwire(head -> false, Long.MAX_VALUE, () -> {});

    private final Predicate<String> request;
    private final AtomicLong left;
    private final Runnable blow;
    private boolean armed = true;

    /**
     * @param request of a head, whether it is amid that request
     * @param at how many bytes, from 1 on
     * @param blow is waited for, before the bytes behind go on
     */
    Tripwire(Predicate<String> request, long at, Runnable blow) {
        this.request = request;
        this.left = new AtomicLong(at);
        this.blow = blow;
    }

    boolean isFor(String head) {
        return request.test(head);
    }

    /** Sends a piece on. */
    void pass(OutputStream to, byte[] piece, int count) throws IOException {
        long before = left.getAndAdd(-count);
        boolean trips = before > 0 && before <= count;
        int first = trips ? (int) before : count;
        to.write(piece, 0, first);
        if (trips) {
            trip();
            to.write(piece, first, count - first);
        }
    }

    private synchronized void trip() {
        if (armed) {
            armed = false;
            blow.run();
        }
    }

    /** When this has returned nothing happens any more; what is happening is waited for. */
    synchronized void disarm() {
        armed = false;
    }
}
