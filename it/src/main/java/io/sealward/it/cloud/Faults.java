package io.sealward.it.cloud;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The trouble that a fake service makes until it is told to stop, and the number of calls it got in all. Each service says
 * it in its own protocol. Thread-safe.
 */
public final class Faults {
    /** What happens to a call instead of an answer. */
    public enum Kind {
        NONE,
        /** The caller asks too much. */
        THROTTLE,
        /** The service is there and cannot serve. */
        OUTAGE,
        /** The answer is a success and makes no sense. */
        GARBAGE
    }

    private final AtomicReference<Kind> kind = new AtomicReference<>(Kind.NONE);
    private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));
    private final AtomicLong remaining = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();

    /** Every call from now on. */
    public void set(Kind trouble) {
        setNext(trouble, Long.MAX_VALUE);
    }

    /** As many calls, and then none. */
    public void setNext(Kind trouble, long count) {
        remaining.set(count);
        kind.set(trouble);
    }

    /** Every call from now on waits, before anything else, until {@link #release}. */
    public void hold() {
        held.updateAndGet(gate -> gate.getCount() > 0 ? gate : new CountDownLatch(1));
    }

    /** Lets every call go on, those that wait included. */
    public void release() {
        held.get().countDown();
    }

    /** Calls since the start, refused and failed ones included. */
    public long calls() {
        return calls.get();
    }

    /** Counts a call, waits if it is held, and says what to do with it. */
    public Kind next() {
        calls.incrementAndGet();
        pause();
        Kind trouble = kind.get();
        if (trouble == Kind.NONE || remaining.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return Kind.NONE;
        }
        return trouble;
    }

    private void pause() {
        try {
            held.get().await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
