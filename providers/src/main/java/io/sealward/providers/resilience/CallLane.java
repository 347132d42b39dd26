package io.sealward.providers.resilience;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;

/**
 * The threads of one KEK, and the rules its calls run under. A KMS that is slow or throttled fills its own lane and no
 * other. Calls that fail in passing are tried again within the limits; every failure is a
 * {@link io.sealward.providers.KmsException}. Thread-safe.
 */
public final class CallLane implements AutoCloseable {
    private final CallLimits limits;
    private final FaultMapping faults;
    private final ThreadPoolExecutor threads;
    private final TimeLimit timeLimit;

    /** @param name seen in thread names */
    public CallLane(String name, CallLimits limits, FaultMapping faults) {
        this(name, limits, faults, (call, time) -> call.orTimeout(time.toNanos(), NANOSECONDS));
    }

    CallLane(String name, CallLimits limits, FaultMapping faults, TimeLimit timeLimit) {
        this.timeLimit = timeLimit;
        this.limits = limits;
        this.faults = faults;
        threads = BoundedThreads.of("kms-" + name, limits.concurrency(), limits.waiting());
    }

    /**
     * Runs a blocking call on a thread of this lane. It is interrupted when the deadline passes; a call that does not heed
     * that holds its thread until it ends.
     *
     * @param call may run several times, never twice at once
     */
    public <T> CompletionStage<T> run(Callable<T> call) {
        return run(call, value -> {});
    }

    /**
     * The same for an answer that must not be left lying about.
     *
     * @param late gets an answer that came after the stage was completed without it
     */
    public <T> CompletionStage<T> run(Callable<T> call, Consumer<T> late) {
        return new LaneCall<>(call, late, limits, faults, threads, timeLimit).start();
    }

    /** Calls that wait fail at once, calls that run are interrupted. */
    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            ((Future<?>) waiting).cancel(false);
        }
    }

    /** Runs work after a pause that holds no thread. */
    static Executor after(long pauseMillis) {
        return CompletableFuture.delayedExecutor(pauseMillis, MILLISECONDS, Runnable::run);
    }
}
