package io.sealward.gateway;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what no event tells. The limit is for a machine under load. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /** Tries an assertion until it passes, and at the limit fails as it failed last. */
    public static void holds(ThrowingCallable assertion) {
        long begin = System.nanoTime();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    throw e;
                }
                pause();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
