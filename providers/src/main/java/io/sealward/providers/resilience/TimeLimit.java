package io.sealward.providers.resilience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** How a lane notices that a call's time is up. */
@FunctionalInterface
interface TimeLimit {
    /** Fails the call with a {@link TimeoutException} once the time has passed, unless it is done by then. */
    void set(CompletableFuture<?> call, Duration time);
}
