package io.sealward.it.chaos.withdrawal;

import java.time.Duration;

/**
 * When the last byte has left a gateway after a withdrawal, as its documentation states it.
 *
 * @param canary its canary interval
 * @param propagation how long the KMS itself takes until it refuses; what stands in for one takes no time
 */
public record Bound(Duration canary, Duration propagation) {
    /** The canary's own call ends within this time. */
    private static final Duration CALL = Duration.ofSeconds(5);

    public Duration total() {
        return canary.plus(CALL).plus(propagation);
    }
}
