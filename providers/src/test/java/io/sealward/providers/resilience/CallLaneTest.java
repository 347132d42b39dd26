package io.sealward.providers.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallLaneTest {
    private static final Duration AMPLE = Duration.ofSeconds(30);

    private final List<CallLane> lanes = new ArrayList<>();
    private final List<CompletableFuture<?>> limited = new CopyOnWriteArrayList<>();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void close() {
        stuck.countDown();
        lanes.forEach(CallLane::close);
    }

    @Test
    void anAnswerComesOnAThreadOfTheLane() throws Exception {
        CallLane lane = lane(1, 1, 1, AMPLE);
        assertThat(lane.run(() -> Thread.currentThread().getName())
                        .toCompletableFuture()
                        .get())
                .startsWith("kms-test-");
    }

    @ParameterizedTest
    @EnumSource(KmsError.class)
    void onlyWhatPassesIsTriedAgainAndOnlySoOften(KmsError error) {
        AtomicInteger attempts = new AtomicInteger();
        CallLane lane = lane(1, 1, 3, AMPLE);

        KmsException failure = failure(lane.run(() -> {
            attempts.incrementAndGet();
            throw new KmsException(error, "no");
        }));

        assertThat(failure.error()).isEqualTo(error);
        assertThat(attempts).hasValue(error.passing() ? 3 : 1);
    }

    @Test
    void aCallThatRecoversAnswers() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CompletionStage<Integer> call = lane(1, 1, 3, AMPLE).run(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw new KmsException(KmsError.THROTTLED, "slow down");
            }
            return attempts.get();
        });
        assertThat(call.toCompletableFuture().get()).isEqualTo(3);
    }

    @Test
    void anythingThrownGoesThroughTheOneMapping() {
        KmsException failure = failure(lane(1, 1, 1, AMPLE).run(() -> {
            throw new IOException("socket");
        }));
        assertThat(failure).hasMessage("mapped socket");
    }

    @Test
    void theDeadlineEndsACallThatHangsAndFreesItsThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletionStage<Boolean> hangs = lane(1, 1, 3, Duration.ofMillis(50)).run(() -> {
            begun.countDown();
            try {
                return stuck.await(1, TimeUnit.HOURS);
            } catch (InterruptedException freed) {
                interrupted.countDown();
                throw freed;
            }
        });
        begun.await();
        timePasses();

        KmsException failure = failure(hangs);
        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure).hasMessageContaining("50 ms");
        interrupted.await();
    }

    @Test
    void aFullLaneRefusesAtOnceAndForgetsNothing() throws Exception {
        CallLane lane = lane(1, 1, 1, AMPLE);
        CompletionStage<Boolean> running = lane.run(waitForTheLatch());
        CompletionStage<Boolean> waiting = lane.run(waitForTheLatch());

        assertThat(failure(lane.run(() -> "third")).error()).isEqualTo(KmsError.THROTTLED);

        stuck.countDown();
        assertThat(running.toCompletableFuture().get()).isTrue();
        assertThat(waiting.toCompletableFuture().get()).isTrue();
    }

    @Test
    void aRefusalIsNotToldOnTheCallersThread() throws Exception {
        CallLane lane = lane(1, 1, 1, AMPLE);
        CompletionStage<Boolean> running = lane.run(waitForTheLatch());
        CompletionStage<Boolean> waiting = lane.run(waitForTheLatch());
        int others = ForkJoinPool.commonPool().getParallelism();
        CountDownLatch held = new CountDownLatch(others);
        CountDownLatch release = new CountDownLatch(1);
        for (int worker = 0; worker < others; worker++) {
            ForkJoinPool.commonPool().execute(() -> {
                held.countDown();
                awaitQuietly(release);
            });
        }
        held.await();

        CompletableFuture<String> refused = lane.run(() -> "third").toCompletableFuture();
        assertThat(refused).isNotDone();
        CompletableFuture<String> toldOn =
                refused.handle((answer, failure) -> Thread.currentThread().getName());
        release.countDown();

        assertThat(toldOn.get()).startsWith("ForkJoinPool");
        assertThat(failure(refused).error()).isEqualTo(KmsError.THROTTLED);
        assertThat(CompletableFuture.anyOf(running.toCompletableFuture(), waiting.toCompletableFuture()))
                .isNotDone();
    }

    @Test
    void aRetryThatFindsNoPlaceFailsAsItsAttemptDidAndOffTheTimersThread() throws Exception {
        CallLimits limits = new CallLimits(1, 1, 2, AMPLE, Duration.ZERO);
        try (OnePlaceOnly threads = new OnePlaceOnly()) {
            Callable<Boolean> call = () -> {
                stuck.await();
                throw new KmsException(KmsError.UNREACHABLE, "own words");
            };
            CompletableFuture<Boolean> answer = new LaneCall<>(
                            call, late -> {}, limits, CallLaneTest::map, threads, (limited, time) -> {})
                    .start()
                    .toCompletableFuture();
            CompletableFuture<String> toldOn =
                    answer.handle((value, failure) -> Thread.currentThread().getName());
            stuck.countDown();

            assertThat(toldOn.get()).startsWith("ForkJoinPool");
            assertThat(failure(answer)).hasMessage("own words");
        }
    }

    @Test
    void anAnswerAfterTheDeadlineIsHandedBackToBeWiped() throws Exception {
        byte[] secret = {1, 2, 3};
        CompletableFuture<byte[]> handedBack = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletionStage<byte[]> answer = lane(1, 1, 1, AMPLE)
                .run(
                        () -> {
                            begun.countDown();
                            awaitQuietly(stuck);
                            return secret;
                        },
                        handedBack::complete);
        begun.await();
        timePasses();

        assertThat(failure(answer).error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(handedBack).isNotDone();
        stuck.countDown();
        assertThat(handedBack.get()).isSameAs(secret);
    }

    @Test
    void anAnswerInTimeIsTheCallersAlone() throws Exception {
        List<Object> handedBack = new CopyOnWriteArrayList<>();
        CallLane lane = lane(1, 1, 1, AMPLE);
        assertThat(lane.run(() -> "kept", handedBack::add).toCompletableFuture().get())
                .isEqualTo("kept");
        assertThat(handedBack).isEmpty();
    }

    @Test
    void theDeadlineOfACallThatWaitsFreesItsPlace() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CallLane lane = lane(1, 1, 1, Duration.ofMillis(300));
        CompletionStage<?> running = lane.run(() -> {
            begun.countDown();
            awaitQuietly(stuck);
            return true;
        });
        begun.await();
        CompletionStage<?> waiting = lane.run(() -> "waits in vain");
        timePasses();
        assertThat(failure(waiting)).hasMessageContaining("300 ms");
        failure(running);

        CompletionStage<String> next = lane.run(() -> "served");
        stuck.countDown();
        assertThat(next.toCompletableFuture().get()).isEqualTo("served");
    }

    @Test
    void aStuckLaneDoesNotHoldAnother() throws Exception {
        CallLane slow = lane(2, 8, 1, AMPLE);
        CompletableFuture<?>[] held = new CompletableFuture<?>[10];
        for (int call = 0; call < held.length; call++) {
            held[call] = slow.run(waitForTheLatch()).toCompletableFuture();
        }

        CallLane other = lane(1, 1, 1, AMPLE);
        assertThat(other.run(() -> "served").toCompletableFuture().get()).isEqualTo("served");
        assertThat(held).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void closingFailsWhatRunsAndWhatWaits() {
        CallLane lane = lane(1, 1, 3, AMPLE);
        CompletionStage<Boolean> running = lane.run(waitForTheLatch());
        CompletionStage<Boolean> waiting = lane.run(waitForTheLatch());
        lane.close();

        assertThat(failure(running).error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure(waiting).error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure(lane.run(() -> "late")).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    /** Takes one call and refuses all others. */
    private static final class OnePlaceOnly extends ThreadPoolExecutor implements AutoCloseable {
        private final AtomicInteger calls = new AtomicInteger();

        OnePlaceOnly() {
            super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void execute(Runnable work) {
            if (calls.getAndIncrement() > 0) {
                throw new RejectedExecutionException("full");
            }
            super.execute(work);
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException unheeded) {
                // as a socket read would
            }
        }
    }

    private Callable<Boolean> waitForTheLatch() {
        return () -> {
            stuck.await();
            return true;
        };
    }

    private CallLane lane(int concurrency, int waiting, int attempts, Duration deadline) {
        CallLimits limits = new CallLimits(concurrency, waiting, attempts, deadline, Duration.ZERO);
        CallLane lane = new CallLane("test", limits, CallLaneTest::map, (call, time) -> limited.add(call));
        lanes.add(lane);
        return lane;
    }

    /** The deadlines of all calls so far. */
    private void timePasses() {
        limited.forEach(call -> call.completeExceptionally(new TimeoutException()));
    }

    @Test
    void timePassesByItself() {
        CallLimits limits = new CallLimits(1, 1, 1, Duration.ofMillis(1), Duration.ZERO);
        try (CallLane lane = new CallLane("test", limits, CallLaneTest::map)) {
            assertThat(failure(lane.run(waitForTheLatch())).error()).isEqualTo(KmsError.UNREACHABLE);
        }
    }

    private static KmsException map(Throwable failure) {
        return failure instanceof KmsException known
                ? known
                : new KmsException(KmsError.UNREACHABLE, "mapped " + failure.getMessage(), failure);
    }

    private static KmsException failure(CompletionStage<?> stage) {
        try {
            Object value = stage.toCompletableFuture().get();
            throw new AssertionError("answered " + value);
        } catch (ExecutionException failed) {
            return (KmsException) failed.getCause();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
