package io.sealward.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KekWatchTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Project PROJECT =
            new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
    private static final WrapContext CONTEXT =
            WrapContexts.of(new ObjectBinding("org-1", "proj_1", "bucket", "key"), WrapScope.OBJECT);

    private final CountingKek kek = new CountingKek();
    private final AtomicLong nanos = new AtomicLong();
    private final List<KeyGroup> purged = new ArrayList<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final KekWatch watch =
            new KekWatch(new KekCalls(KeyEvents.NONE), KeyEvents.NONE, TTL, purged::add, nanos::get);

    @AfterEach
    void stop() {
        kek.close();
    }

    private KeyGroup use(String version) throws Exception {
        kek.rotate(version);
        WrappedSecret wrapped =
                kek.wrap(new byte[32], CONTEXT).toCompletableFuture().get();
        KekWatch.Sample sample = new KekWatch.Sample(PROJECT, new Keks.Registered("extkey_1", kek), wrapped, CONTEXT);
        watch.used(sample);
        return sample.group();
    }

    private Watch open(KeyGroup group) {
        return watch.open(group, Runnable::run, cuts::incrementAndGet);
    }

    @Test
    void whatMayBeCachedIsTriedAndWhatIsNotIsLeftInPeace() throws Exception {
        use("1");
        nanos.addAndGet(TTL.toNanos() - 1);
        watch.suspect("extkey_1").toCompletableFuture().get();
        assertThat(kek.unwraps()).isEqualTo(1);
        nanos.addAndGet(1);
        watch.suspect("extkey_1").toCompletableFuture().get();
        assertThat(kek.unwraps()).isEqualTo(1);
    }

    @Test
    void whatHasNotBeenUsedForLongIsForgottenUnlessAStreamGoesOn() throws Exception {
        KeyGroup idle = use("1");
        KeyGroup busy = use("2");
        Watch stream = open(busy);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        watch.tryAll();
        open(idle);
        assertThat(cuts).as("nobody would try it").hasValue(1);
        open(busy).close();
        assertThat(cuts).hasValue(1);
        stream.close();
        watch.tryAll();
        open(busy);
        assertThat(cuts).hasValue(2);
    }

    @Test
    void aWithdrawalDropsAllVersionsAndForgetsThem() throws Exception {
        KeyGroup one = use("1");
        KeyGroup two = use("2");
        open(one);
        watch.withdraw("extkey_other", "told to");
        assertThat(purged).isEmpty();
        watch.withdraw("extkey_1", "told to");
        watch.withdraw("extkey_1", "told to again");
        assertThat(purged).containsExactlyInAnyOrder(one, two);
        assertThat(cuts).hasValue(1);
        open(two);
        assertThat(cuts).as("came after").hasValue(2);
    }

    @Test
    void aBurstOfDenialsSharesARound() throws Exception {
        KeyGroup group = use("1");
        open(group);
        kek.hold();
        List<CompletableFuture<Void>> rounds = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rounds.add(watch.suspect("extkey_1").toCompletableFuture());
        }
        kek.refuse(KmsError.REVOKED);
        kek.release();
        CompletableFuture.allOf(rounds.toArray(CompletableFuture[]::new)).get();
        assertThat(kek.unwraps()).as("one, and one after it").isLessThanOrEqualTo(2);
        assertThat(purged).containsExactly(group);
        assertThat(cuts).hasValue(1);
    }
}
