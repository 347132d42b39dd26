package io.sealward.gateway.store;

/** When something last moved between gateway and store, and whether the store owes the next move. On one event loop. */
final class CallProgress {
    private long lastNanos = System.nanoTime();
    private boolean owed = true;

    /** Something has moved. */
    void moved() {
        lastNanos = System.nanoTime();
    }

    /** The store is asked for the next piece of its answer. */
    void asked() {
        owed = true;
        moved();
    }

    /** It has come. */
    void given() {
        owed = false;
    }

    /** Whether the store owes a piece of its answer. */
    boolean owed() {
        return owed;
    }

    boolean restsLongerThan(long nanos) {
        return System.nanoTime() - lastNanos > nanos;
    }
}
