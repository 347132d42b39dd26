package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A KMS whose answers come when the test says so: what it granted before a withdrawal is worth nothing after it. */
class LateAnswersTest {
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
    private static final Admission ASKER = Admission.lasting(new S3Credential("AKIAASKER", "secret", PROJECT));

    /** Decides at once, and tells what it decided when the returned reply is sent. */
    private static final class SlowKek implements Kek {
        private final BlockingQueue<Runnable> replies = new LinkedBlockingQueue<>();
        private volatile Optional<KmsError> refusal = Optional.empty();

        @Override
        public String provider() {
            return "slow";
        }

        @Override
        public String keyId() {
            return "slow-key";
        }

        @Override
        public CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context) {
            return decide(new WrappedSecret("1", secret.clone()));
        }

        @Override
        public CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context) {
            return decide(wrapped.ciphertext().clone());
        }

        @Override
        public CompletionStage<Void> probe(WrappedSecret sample, WrapContext context) {
            return decide(null);
        }

        private <T> CompletionStage<T> decide(T granted) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            Optional<KmsException> refused = refusal.map(error -> new KmsException(error, "as told"));
            replies.add(() -> refused.ifPresentOrElse(answer::completeExceptionally, () -> answer.complete(granted)));
            return answer;
        }

        /** The next reply that waits to be sent, be it a request's or the canary's. */
        Runnable reply() throws InterruptedException {
            return replies.take();
        }

        @Override
        public void close() {}
    }

    private final SlowKek kek = new SlowKek();
    private final EventLoop loop = new DefaultEventLoop();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger cuts = new AtomicInteger();
    private final ObjectKeys keys = new ObjectKeys(
            new Keks() {
                @Override
                public List<Use> uses() {
                    return List.of();
                }

                @Override
                public Optional<Registered> forProject(Project project) {
                    return Optional.of(new Registered("extkey_1", kek));
                }

                @Override
                public Optional<Registered> find(Project project, String externalKeyId) {
                    return Optional.of(new Registered(externalKeyId, kek));
                }
            },
            new KeySettings(Duration.ofMinutes(1), 100, Duration.ofMinutes(5), Duration.ZERO, 0),
            new Events(),
            new SecureRandom(),
            nanos::get);

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
    }

    private static ObjectBinding place(String key) {
        return new ObjectBinding("org-1", "proj_1", "bucket", key);
    }

    private CompletableFuture<FreshKey> creating(String key) throws Exception {
        return loop.submit(() -> keys.create(ASKER, place(key), loop)).get().toCompletableFuture();
    }

    private CompletableFuture<ObjectKey> opening(ObjectSeal seal, String key) throws Exception {
        return loop.submit(() -> keys.open(ASKER, place(key), seal, loop)).get().toCompletableFuture();
    }

    private FreshKey created(String key) throws Exception {
        CompletableFuture<FreshKey> creating = creating(key);
        kek.reply().run();
        return creating.get();
    }

    private void watch(ObjectKey key) throws Exception {
        loop.submit(() -> key.whenWithdrawn(why -> cuts.incrementAndGet())).get();
    }

    /** The canary asks, and is told no. */
    private void withdrawn() throws Exception {
        kek.refusal = Optional.of(KmsError.REVOKED);
        keys.tryKeksInUse(0, 1);
        kek.reply().run();
    }

    private static void assertDisabled(CompletableFuture<?> request) {
        assertThatThrownBy(request::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.KMS_DISABLED));
    }

    @Test
    void aWrapThatWasGrantedBeforeTheDropSealsNothingAfterIt() throws Exception {
        created("kept");
        CompletableFuture<FreshKey> late = creating("late");
        Runnable granted = kek.reply();
        withdrawn();
        granted.run();
        assertDisabled(late);
    }

    @Test
    void anUnwrapThatWasGrantedBeforeTheDropOpensNothingAfterItAndIsNotKept() throws Exception {
        FreshKey kept = created("a");
        ObjectSeal seal = kept.seal(Layout.SINGLE);
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        CompletableFuture<ObjectKey> late = opening(seal, "a");
        Runnable granted = kek.reply();
        withdrawn();
        granted.run();
        assertDisabled(late);
        CompletableFuture<ObjectKey> next = opening(seal, "a");
        kek.reply().run();
        assertDisabled(next);
    }

    @Test
    void aRemovalOutlivesWhatWasAskedBeforeAlsoOfAKeyThatWasNotInUse() throws Exception {
        CompletableFuture<FreshKey> late = creating("a");
        Runnable granted = kek.reply();
        keys.withdraw("extkey_1", "removed");
        granted.run();
        assertDisabled(late);
    }

    @Test
    void aDenialFromBeforeADropDoesNotCutWhatWasGrantedAfterIt() throws Exception {
        watch(created("a"));
        kek.refusal = Optional.of(KmsError.REVOKED);
        keys.tryKeksInUse(0, 1);
        Runnable denied = kek.reply();
        keys.withdraw("extkey_1", "told to");
        loop.submit(() -> {}).get();
        assertThat(cuts).hasValue(1);
        kek.refusal = Optional.empty();
        FreshKey again = created("b");
        watch(again);
        denied.run();
        loop.submit(() -> {}).get();
        assertThat(cuts).hasValue(1);
    }

    @Test
    void aGrantThatTookLongIsTriedAgainAtOnce() throws Exception {
        CompletableFuture<FreshKey> slow = creating("a");
        Runnable granted = kek.reply();
        kek.refusal = Optional.of(KmsError.REVOKED);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        granted.run();
        watch(slow.get());
        kek.reply().run();
        loop.submit(() -> {}).get();
        assertThat(cuts).hasValue(1);
    }
}
