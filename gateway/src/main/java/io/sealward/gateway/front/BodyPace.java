package io.sealward.gateway.front;

import java.time.Duration;

/**
 * Whether a body comes fast enough: on average over each window in which the gateway waited for it. Time in which nobody
 * reads it does not count. A body that stops altogether is the {@link Standstill}'s to notice.
 */
final class BodyPace {
    private final long windowNanos;
    private final long leastBytes;
    private long waitedNanos;
    private long waitingSince;
    private long bytes;

    BodyPace(FrontLimits limits) {
        Duration window = limits.idleTimeout();
        this.windowNanos = window.toNanos();
        this.leastBytes = limits.bodyBytesPerSecond() * window.toMillis() / 1000;
    }

    /** A piece is asked for. */
    void asked(long nanoTime) {
        waitingSince = nanoTime;
    }

    /** A piece has come. False if too little has. */
    boolean came(int length, long nanoTime) {
        waitedNanos += nanoTime - waitingSince;
        bytes += length;
        if (waitedNanos < windowNanos) {
            return true;
        }
        boolean fastEnough = bytes >= leastBytes;
        waitedNanos = 0;
        bytes = 0;
        return fastEnough;
    }
}
