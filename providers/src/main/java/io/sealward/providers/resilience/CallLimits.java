package io.sealward.providers.resilience;

import java.time.Duration;

/**
 * How much one KEK may ask of its KMS.
 *
 * @param concurrency calls on the wire at once, at least 1
 * @param waiting calls that may wait for their turn, at least 1; the next is refused as throttled
 * @param attempts how often one call is tried in all, at least 1
 * @param deadline from the request to its answer, waiting and retries included
 * @param firstBackoff the longest pause before the second attempt; doubles for each further one
 */
public record CallLimits(int concurrency, int waiting, int attempts, Duration deadline, Duration firstBackoff) {
    public static final CallLimits DEFAULT = new CallLimits(16, 256, 3, Duration.ofSeconds(5), Duration.ofMillis(100));

    public CallLimits {
        if (concurrency < 1 || waiting < 1 || attempts < 1) {
            throw new IllegalArgumentException("concurrency, waiting and attempts start at 1");
        }
        if (deadline.isNegative() || deadline.isZero() || firstBackoff.isNegative()) {
            throw new IllegalArgumentException("a deadline is positive and a pause is not negative");
        }
    }
}
