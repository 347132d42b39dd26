package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key is closed once, however the work that it was granted for ends. */
class ObjectKeyTest {
    private static final byte[] NONE = {};

    private final EventLoop loop = new DefaultEventLoop();
    private final Dek dek = Dek.generate(new SecureRandom());
    private final ObjectKey key = new ObjectKey(dek, new KekReference("extkey_1", "counting", "key", "1"), loop);
    private final AtomicInteger closes = new AtomicInteger();

    ObjectKeyTest() {
        key.heldUntil(closes::incrementAndGet);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    private void assertOpen() {
        assertThat(closes).hasValue(0);
        assertThat(dek.commitment(NONE)).isNotEmpty();
    }

    private void assertClosedOnce() {
        assertThat(closes).hasValue(1);
        assertThatThrownBy(() -> dek.commitment(NONE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whenTheWorkHasEnded() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> done = key.during(() -> work).toCompletableFuture();
        assertOpen();
        work.complete("done");
        assertThat(done).isCompletedWithValue("done");
        assertClosedOnce();
    }

    @Test
    void whenTheWorkHasFailed() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletableFuture<String> done = key.during(() -> work).toCompletableFuture();
        assertOpen();
        work.completeExceptionally(new S3Exception(S3Error.SLOW_DOWN));
        assertThat(done).isCompletedExceptionally();
        assertClosedOnce();
    }

    @Test
    void whenTheWorkThrows() {
        CompletionStage<String> done = key.during(() -> {
            throw new S3Exception(S3Error.SLOW_DOWN);
        });
        assertThat(done.toCompletableFuture()).isCompletedExceptionally();
        assertClosedOnce();
    }

    @Test
    void whenItWasWithdrawnBeforeTheWorkListened() throws Exception {
        key.withdraw(new S3Exception(S3Error.KMS_DISABLED));
        loop.submit(() -> {}).get();
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> done = key.during(() -> {
            key.whenWithdrawn(work::completeExceptionally);
            return work;
        });
        assertThat(done.toCompletableFuture()).isCompletedExceptionally();
        assertClosedOnce();
    }

    @Test
    void behindOneStep() {
        byte[] commitment = key.once(opened -> opened.commitment(NONE));
        assertThat(commitment).isNotEmpty();
        assertClosedOnce();
    }

    @Test
    void behindOneStepThatThrows() {
        S3Exception thrown = new S3Exception(S3Error.INVALID_PART);
        assertThatThrownBy(() -> key.once(opened -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertClosedOnce();
    }
}
