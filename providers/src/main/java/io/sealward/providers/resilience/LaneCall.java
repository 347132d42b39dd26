package io.sealward.providers.resilience;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One call through a lane: attempt after attempt, until there is an answer or no attempt or no time is left. */
final class LaneCall<T> {
    private final Callable<T> call;
    private final Consumer<T> late;
    private final CallLimits limits;
    private final FaultMapping faults;
    private final ThreadPoolExecutor threads;
    private final TimeLimit timeLimit;
    private final CompletableFuture<T> settled = new CompletableFuture<>();
    private volatile FutureTask<Void> attempt;

    LaneCall(
            Callable<T> call,
            Consumer<T> late,
            CallLimits limits,
            FaultMapping faults,
            ThreadPoolExecutor threads,
            TimeLimit timeLimit) {
        this.call = call;
        this.late = late;
        this.limits = limits;
        this.faults = faults;
        this.threads = threads;
        this.timeLimit = timeLimit;
    }

    CompletionStage<T> start() {
        submit(1, LaneCall::full);
        CompletableFuture<T> answer = new CompletableFuture<>();
        timeLimit.set(settled, limits.deadline());
        settled.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else if (failure instanceof TimeoutException) {
                giveUp(answer);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer.minimalCompletionStage();
    }

    /** @param full what the call fails with if the lane has no place for it */
    private void submit(int number, Supplier<KmsException> full) {
        FutureTask<Void> next = new Attempt(number);
        attempt = next;
        try {
            threads.execute(next);
        } catch (RejectedExecutionException refused) {
            failAside(settled, threads.isShutdown() ? closed() : full.get());
        }
    }

    private void attempt(int number) {
        if (settled.isDone()) {
            return;
        }
        try {
            T value = call.call();
            if (!settled.complete(value)) {
                late.accept(value);
            }
        } catch (Throwable failure) { // whatever an SDK throws, somebody waits for the answer
            KmsException fault = faults.classify(failure);
            if (!fault.error().passing()
                    || fault.gatewaysOwn()
                    || number >= limits.attempts()
                    || threads.isShutdown()) {
                settled.completeExceptionally(fault);
            } else {
                CallLane.after(pauseMillis(number)).execute(() -> submit(number + 1, () -> fault));
            }
        }
    }

    /** Exponential with full jitter, so that callers who failed together do not come back together. */
    private long pauseMillis(int failures) {
        long longest = limits.firstBackoff().toMillis() << Math.min(failures - 1, 16);
        return longest == 0 ? 0 : ThreadLocalRandom.current().nextLong(longest + 1);
    }

    private void giveUp(CompletableFuture<T> answer) {
        FutureTask<Void> last = attempt;
        last.cancel(true);
        threads.remove(last);
        failAside(
                answer,
                new KmsException(
                        KmsError.UNREACHABLE,
                        "No answer from the KMS within " + limits.deadline().toMillis() + " ms."));
    }

    /** Neither the caller's thread nor the JDK's only timer thread may run what depends on the answer. */
    private static void failAside(CompletableFuture<?> stage, KmsException fault) {
        ForkJoinPool.commonPool().execute(() -> stage.completeExceptionally(fault));
    }

    private static KmsException full() {
        return new KmsException(KmsError.THROTTLED, "Too many calls to this key are waiting for its KMS.");
    }

    private static KmsException closed() {
        return new KmsException(KmsError.UNREACHABLE, "The key was closed while the call was under way.");
    }

    private final class Attempt extends FutureTask<Void> {
        Attempt(int number) {
            super(() -> attempt(number), null);
        }

        @Override
        protected void done() {
            if (isCancelled()) {
                failAside(settled, closed());
            }
        }
    }
}
