package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyGroupsTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
    private static final WrapContext CONTEXT =
            WrapContexts.of(new ObjectBinding("org-1", "proj_1", "bucket", "key"), WrapScope.OBJECT);

    private final CountingKek kek = new CountingKek();
    private final EventLoop loop = new DefaultEventLoop();
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong nanos = new AtomicLong();
    private final List<S3Error> cuts = new CopyOnWriteArrayList<>();
    private KeyGroups groups;
    private Canary canary;

    KeyGroupsTest() {
        use(new KeySettings(TTL, 100, GRACE, Duration.ZERO, 0));
    }

    private void use(KeySettings settings) {
        groups = new KeyGroups(settings, new Events(), nanos::get);
        canary = new Canary(new KekCalls(new Events()), groups);
    }

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
        kek.close();
    }

    private HeldSecret secret(String version) throws Exception {
        kek.rotate(version);
        WrappingSecret plain = WrappingSecret.generate(random);
        WrappedSecret wrapped =
                kek.wrap(plain.bytes(), CONTEXT).toCompletableFuture().get();
        return new HeldSecret(
                new Wrapping(PROJECT, new Keks.Registered("extkey_1", kek), wrapped, CONTEXT), plain, groups.asking());
    }

    private HeldSecret kept(String version) throws Exception {
        HeldSecret secret = secret(version);
        groups.keep(secret);
        return secret;
    }

    private ObjectKey held(String version) throws Exception {
        HeldSecret secret = secret(version);
        ObjectKey key = new ObjectKey(Dek.generate(random), secret.wrapping().reference(), loop);
        groups.hold(key, secret);
        secret.close();
        loop.submit(() -> key.whenWithdrawn(why -> cuts.add(why.error()))).get();
        return key;
    }

    private void settled() throws Exception {
        loop.submit(() -> {}).get();
    }

    private void round() throws Exception {
        canary.suspect("extkey_1").toCompletableFuture().get();
        settled();
    }

    @Test
    void whatIsInUseIsTriedAndWhatIsNotIsLeftInPeace() throws Exception {
        kept("1");
        nanos.addAndGet(TTL.toNanos() - 1);
        groups.tend();
        round();
        assertThat(kek.unwraps()).isEqualTo(1);
        nanos.addAndGet(1);
        groups.tend();
        round();
        assertThat(kek.unwraps()).isEqualTo(1);
        ObjectKey key = held("1");
        round();
        assertThat(kek.unwraps()).isEqualTo(2);
        key.close();
        round();
        assertThat(kek.unwraps()).isEqualTo(2);
    }

    @Test
    void secretsAreWipedWhenTheirTimeIsOverWhenTheyAreDroppedAndWhenThereIsNoRoom() throws Exception {
        use(new KeySettings(TTL, 2, GRACE, Duration.ZERO, 0));
        HeldSecret first = kept("1");
        HeldSecret second = kept("1");
        assertThat(first.plain().isDestroyed()).isFalse();
        HeldSecret third = kept("1");
        assertThat(first.plain().isDestroyed()).as("the oldest of the group").isTrue();
        HeldSecret homeless = kept("2");
        assertThat(homeless.plain().isDestroyed()).as("it has none to give up").isTrue();
        nanos.addAndGet(TTL.toNanos());
        groups.tend();
        assertThat(second.plain().isDestroyed()).isTrue();
        assertThat(third.plain().isDestroyed()).isTrue();
        HeldSecret dropped = kept("2");
        kek.refuse(KmsError.REVOKED);
        round();
        assertThat(dropped.plain().isDestroyed()).isTrue();
    }

    @Test
    void aCopyOutlivesTheSecretThatIsKept() throws Exception {
        HeldSecret kept = kept("1");
        HeldSecret copy = groups.find(kept.wrapping()).orElseThrow();
        groups.withdraw("extkey_1", "told to");
        assertThat(kept.plain().isDestroyed()).isTrue();
        assertThat(copy.plain().isDestroyed()).isFalse();
        copy.close();
        assertThat(groups.find(kept.wrapping())).isEmpty();
    }

    @Test
    void aWithdrawalTakesAllVersionsOfTheKeyAndNoOther() throws Exception {
        held("1");
        HeldSecret two = kept("2");
        groups.withdraw("extkey_other", "told to");
        settled();
        assertThat(cuts).isEmpty();
        groups.withdraw("extkey_1", "told to");
        groups.withdraw("extkey_1", "told to again");
        settled();
        assertThat(cuts).containsExactly(S3Error.KMS_DISABLED);
        assertThat(two.plain().isDestroyed()).isTrue();
    }

    @Test
    void aBurstOfDenialsSharesARound() throws Exception {
        held("1");
        kek.hold();
        List<CompletableFuture<Void>> rounds = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rounds.add(canary.suspect("extkey_1").toCompletableFuture());
        }
        kek.refuse(KmsError.REVOKED);
        kek.release();
        CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new)).get();
        settled();
        assertThat(kek.unwraps()).as("one, and one after it").isLessThanOrEqualTo(2);
        assertThat(cuts).containsExactly(S3Error.KMS_DISABLED);
    }

    @Test
    void anOutageIsBorneForTheGraceAndAnsweredAsOne() throws Exception {
        held("1");
        HeldSecret kept = kept("1");
        kek.refuse(KmsError.UNREACHABLE);
        round();
        nanos.addAndGet(GRACE.toNanos() - 1);
        groups.tend();
        settled();
        assertThat(cuts).isEmpty();
        nanos.addAndGet(1);
        groups.tend();
        settled();
        assertThat(cuts).containsExactly(S3Error.SLOW_DOWN);
        assertThat(kept.plain().isDestroyed()).isTrue();
    }

    @Test
    void aGrantEndsAnOutage() throws Exception {
        held("1");
        kek.refuse(KmsError.UNREACHABLE);
        round();
        nanos.addAndGet(GRACE.toNanos() - 1);
        kek.allow();
        round();
        nanos.addAndGet(GRACE.toNanos() * 2); // and nobody has asked since
        groups.tend();
        settled();
        assertThat(cuts).isEmpty();
    }

    @Test
    void withoutAGraceTheFirstQuestionThatIsNotAnsweredDrops() throws Exception {
        use(new KeySettings(TTL, 100, Duration.ZERO, Duration.ZERO, 0));
        held("1");
        round();
        assertThat(cuts).isEmpty();
        nanos.addAndGet(1);
        kek.refuse(KmsError.THROTTLED);
        round();
        assertThat(cuts).containsExactly(S3Error.SLOW_DOWN);
    }

    @Test
    void whatIsNotUsedForLongIsForgotten() throws Exception {
        ObjectKey key = held("1");
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        groups.tend();
        assertThat(groups.inUse()).hasSize(1);
        key.close();
        groups.tend();
        assertThat(groups.known()).isZero();
    }

    @Test
    void whatWasAskedBeforeADropIsRefusedAndWiped() throws Exception {
        held("1");
        HeldSecret late = secret("1");
        kek.refuse(KmsError.REVOKED);
        round();
        assertThatThrownBy(() -> groups.keep(late))
                .isInstanceOfSatisfying(S3Exception.class, refused -> assertThat(refused.error())
                        .isEqualTo(S3Error.KMS_DISABLED));
        assertThat(late.plain().isDestroyed()).isTrue();
    }
}
