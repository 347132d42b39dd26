package io.sealward.gateway.key;

import static io.sealward.crypto.format.Format.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.gateway.Eventually;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.loopback.CountingKek;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrappedSecret;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectKeysTest {
    private static final byte[] NONE = {};

    private static final Project PER_OBJECT = project(KeyMode.PER_OBJECT);
    private static final Project BUCKET_KEY = project(KeyMode.BUCKET_KEY);
    private static final String EXTERNAL_KEY = "extkey_1";

    private final CountingKek kek = new CountingKek();
    private final SecureRandom random = new SecureRandom();
    private final EventLoop loop = new DefaultEventLoop();
    private final AtomicLong nanos = new AtomicLong();
    private final Keks keks = new Keks() {
        @Override
        public List<Use> uses() {
            return List.of();
        }

        @Override
        public Optional<Registered> forProject(Project project) {
            return Optional.of(new Registered(EXTERNAL_KEY, kek));
        }

        @Override
        public Optional<Registered> find(Project project, String externalKeyId) {
            return Optional.of(new Registered(externalKeyId, kek));
        }
    };

    private final ObjectKeys keys = keys(Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        loop.shutdownGracefully();
        kek.close();
    }

    private static Project project(KeyMode mode) {
        return new Project("org-1", "proj_1", Optional.empty(), mode, Optional.empty());
    }

    private ObjectKeys keys(Duration ttl) {
        return new ObjectKeys(
                keks,
                new KeySettings(ttl, 100, Duration.ofMinutes(5), Duration.ZERO, 0),
                new Events(),
                random,
                nanos::get);
    }

    private static ObjectBinding place(String key) {
        return new ObjectBinding("org-1", "proj_1", "bucket", key);
    }

    private <T> T on(Future<CompletionStage<T>> stage) throws Exception {
        return stage.get().toCompletableFuture().get();
    }

    private static Admission asker(Project project) {
        return Admission.lasting(new S3Credential("AKIAASKER", "secret", project));
    }

    private FreshKey create(ObjectKeys keys, Project project, String key) throws Exception {
        return on(loop.submit(() -> keys.create(asker(project), place(key), loop)));
    }

    private ObjectKey open(ObjectKeys keys, ObjectSeal seal, String key) throws Exception {
        return on(loop.submit(() -> keys.open(asker(PER_OBJECT), place(key), seal, loop)));
    }

    private void watch(ObjectKey key, AtomicInteger cuts) throws Exception {
        loop.submit(() -> key.whenWithdrawn(why -> cuts.incrementAndGet())).get();
    }

    private static S3Error errorOf(Throwable failure) {
        return ((S3Exception) failure.getCause()).error();
    }

    @Test
    void anObjectTakesOneCallToMakeAndNoneToReadSoon() throws Exception {
        FreshKey fresh = create(keys, PER_OBJECT, "a");
        ObjectKey key = open(keys, fresh.seal(Layout.SINGLE), "a");
        assertThat(key.dek().commitment(NONE)).isEqualTo(fresh.dek().commitment(NONE));
        create(keys, PER_OBJECT, "a");
        assertThat(kek.wraps()).isEqualTo(2);
        assertThat(kek.unwraps()).isZero();
    }

    @Test
    void anotherNodeAsksOnceForManyReadersAtOnce() throws Exception {
        ObjectSeal seal = create(keys, PER_OBJECT, "a").seal(Layout.SINGLE);
        ObjectKeys other = keys(Duration.ofMinutes(1));
        kek.hold();
        List<CompletionStage<ObjectKey>> readers = new ArrayList<>();
        loop.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        readers.add(other.open(asker(PER_OBJECT), place("a"), seal, loop));
                    }
                })
                .get();
        kek.release();
        for (CompletionStage<ObjectKey> reader : readers) {
            reader.toCompletableFuture().get();
        }
        assertThat(kek.unwraps()).isEqualTo(1);
    }

    @Test
    void withoutACacheEveryReadAsks() throws Exception {
        ObjectKeys uncached = keys(Duration.ZERO);
        ObjectSeal seal = create(uncached, PER_OBJECT, "a").seal(Layout.SINGLE);
        open(uncached, seal, "a");
        open(uncached, seal, "a");
        create(uncached, BUCKET_KEY, "b");
        create(uncached, BUCKET_KEY, "c");
        assertThat(kek.unwraps()).isEqualTo(2);
        assertThat(kek.wraps()).isEqualTo(3);
    }

    @Test
    void useDoesNotProlongTheLifeOfASecret() throws Exception {
        ObjectSeal seal = create(keys, PER_OBJECT, "a").seal(Layout.SINGLE);
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        open(keys, seal, "a");
        assertThat(kek.unwraps()).isZero();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        open(keys, seal, "a");
        assertThat(kek.unwraps()).isEqualTo(1);
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        ObjectSeal seal = create(keys, PER_OBJECT, "a").seal(Layout.SINGLE);
        ObjectKeys other = keys(Duration.ofMinutes(1));
        kek.refuse(KmsError.UNREACHABLE);
        assertThatThrownBy(() -> open(other, seal, "a"))
                .isInstanceOf(ExecutionException.class)
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.SLOW_DOWN));
        kek.allow();
        open(other, seal, "a").close();
    }

    @Test
    void aBucketKeyWrapsOnceForManyObjectsAndEachHasItsOwnDek() throws Exception {
        FreshKey one = create(keys, BUCKET_KEY, "a");
        FreshKey two = create(keys, BUCKET_KEY, "b");
        assertThat(kek.wraps()).isEqualTo(1);
        assertThat(one.dek().commitment(NONE)).isNotEqualTo(two.dek().commitment(NONE));
        ObjectKeys other = keys(Duration.ofMinutes(1));
        open(other, one.seal(Layout.SINGLE), "a");
        open(other, two.seal(Layout.SINGLE), "b");
        assertThat(kek.unwraps()).isEqualTo(1);
        assertThatThrownBy(() -> open(other, one.seal(Layout.SINGLE), "b"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.INTERNAL_ERROR));
    }

    @Test
    void aRefusedWrapIsNotServedFromMemoryToTheNext() throws Exception {
        create(keys, BUCKET_KEY, "a");
        kek.refuse(KmsError.REVOKED);
        assertThatThrownBy(() -> create(keys, PER_OBJECT, "b"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        assertThatThrownBy(() -> create(keys, BUCKET_KEY, "c"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        kek.allow();
        create(keys, BUCKET_KEY, "d");
    }

    @Test
    void theCanaryPurgesAndCutsAndServiceComesBackByItself() throws Exception {
        FreshKey fresh = create(keys, PER_OBJECT, "a");
        ObjectSeal seal = fresh.seal(Layout.SINGLE);
        AtomicInteger cuts = new AtomicInteger();
        watch(fresh, cuts);
        ObjectKey closed = open(keys, seal, "a");
        watch(closed, cuts);
        closed.close();
        closed.close();
        keys.tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(kek.unwraps()).isEqualTo(1));
        kek.refuse(KmsError.REVOKED);
        Eventually.holds(
                () -> { // a round that is still asking takes no second one
                    keys.tryKeksInUse(0, 1);
                    assertThat(cuts.get()).isPositive();
                });
        assertThatThrownBy(() -> open(keys, seal, "a"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        kek.allow();
        open(keys, seal, "a");
        assertThat(cuts).hasValue(1);
    }

    @Test
    void anOutageDropsNothing() throws Exception {
        FreshKey fresh = create(keys, PER_OBJECT, "a");
        AtomicInteger cuts = new AtomicInteger();
        watch(fresh, cuts);
        kek.refuse(KmsError.UNREACHABLE);
        keys.tryKeksInUse(0, 1);
        assertThat(kek.lastOutcome()).contains(KmsError.UNREACHABLE);
        loop.submit(() -> {}).get(); // where a cut would be
        open(keys, fresh.seal(Layout.SINGLE), "a");
        assertThat(cuts).hasValue(0);
    }

    @Test
    void aSecretThatNeverUnwrappedDoesNotBlindTheCanary() throws Exception {
        FreshKey fresh = create(keys, PER_OBJECT, "a");
        AtomicInteger cuts = new AtomicInteger();
        watch(fresh, cuts);
        assertThatThrownBy(() -> on(loop.submit(() -> keys.open(asker(PER_OBJECT), place("a"), forged("1"), loop))))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.NO_SUCH_UPLOAD));
        int before = kek.unwraps();
        keys.tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(kek.unwraps() > before).isTrue());
        assertThat(kek.lastOutcome()).isEmpty();
    }

    @Test
    void aKekThatIsNotTheOneRegisteredIsNotAsked() throws Exception {
        // whoever can have a secret wrapped makes these, and they are consistent
        WrappingSecret secret = WrappingSecret.generate(random);
        WrappedSecret wrapped = kek.wrap(secret.bytes(), WrapContexts.of(place("a"), WrapScope.OBJECT))
                .toCompletableFuture()
                .get();
        Dek dek = Dek.generate(random);
        for (KekReference named : List.of(
                new KekReference(EXTERNAL_KEY, "counting", "another-key", wrapped.keyVersion()),
                new KekReference(EXTERNAL_KEY, "azure", kek.keyId(), wrapped.keyVersion()))) {
            ObjectSeal object = ObjectSeal.of(
                    dek, secret, place("a"), Layout.SINGLE, WrapScope.OBJECT, named, wrapped.ciphertext(), random);
            assertThatThrownBy(() -> open(keys, object, "a"))
                    .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.INTERNAL_ERROR));
            UploadSeal upload = UploadSeal.of(
                    "id", dek, secret, place("a"), Layout.PARTS, WrapScope.OBJECT, named, wrapped.ciphertext(), random);
            assertThatThrownBy(() -> on(loop.submit(() -> keys.open(asker(PER_OBJECT), place("a"), upload, loop))))
                    .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.NO_SUCH_UPLOAD));
        }
        assertThat(kek.unwraps()).isZero();
        KekReference registered = new KekReference(EXTERNAL_KEY, "counting", kek.keyId(), wrapped.keyVersion());
        ObjectSeal genuine = ObjectSeal.of(
                dek, secret, place("a"), Layout.SINGLE, WrapScope.OBJECT, registered, wrapped.ciphertext(), random);
        open(keys, genuine, "a").close();
    }

    private static UploadSeal forged(String version) {
        return new UploadSeal(
                V1,
                "upload",
                Layout.PARTS,
                WrapScope.OBJECT,
                new KekReference(EXTERNAL_KEY, "counting", "counting-key", version),
                new byte[40],
                new byte[64],
                new byte[32]);
    }

    @Test
    void aForgedVersionThatTheKmsDeniesDropsAndCutsNothing() throws Exception {
        FreshKey fresh = create(keys, PER_OBJECT, "a");
        AtomicInteger cuts = new AtomicInteger();
        watch(fresh, cuts);
        kek.destroy((version, context) -> version.equals("999"));
        assertThatThrownBy(() -> on(loop.submit(() -> keys.open(asker(PER_OBJECT), place("a"), forged("999"), loop))))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        assertThat(kek.unwraps()).as("the forgery and the sample").isEqualTo(2);
        open(keys, fresh.seal(Layout.SINGLE), "a");
        assertThat(kek.unwraps()).as("still in memory").isEqualTo(2);
        assertThat(cuts).hasValue(0);
    }

    @Test
    void aVersionThatIsDestroyedTakesItsOwnStreamsAndSecretsOnly() throws Exception {
        FreshKey old = create(keys, PER_OBJECT, "a");
        kek.rotate("2");
        FreshKey current = create(keys, PER_OBJECT, "b");
        AtomicInteger oldCuts = new AtomicInteger();
        AtomicInteger currentCuts = new AtomicInteger();
        watch(old, oldCuts);
        watch(current, currentCuts);
        kek.destroy((version, context) -> version.equals("1"));
        keys.tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(oldCuts.get()).isEqualTo(1));
        assertThatThrownBy(() -> open(keys, old.seal(Layout.SINGLE), "a"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        open(keys, current.seal(Layout.SINGLE), "b");
        assertThat(currentCuts).hasValue(0);
    }

    @Test
    void aProjectThatThePolicyDeniesIsCutAlone() throws Exception {
        Project other = new Project("org-1", "proj_2", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty());
        FreshKey denied = create(keys, PER_OBJECT, "a");
        FreshKey allowed = on(loop.submit(
                () -> keys.create(asker(other), new ObjectBinding("org-1", "proj_2", "bucket", "b"), loop)));
        AtomicInteger deniedCuts = new AtomicInteger();
        AtomicInteger allowedCuts = new AtomicInteger();
        watch(denied, deniedCuts);
        watch(allowed, allowedCuts);
        kek.destroy((version, context) -> "proj_1".equals(context.entries().get("sealward:project_id")));
        keys.tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(deniedCuts.get()).isEqualTo(1));
        Eventually.holds(() -> assertThat(kek.unwraps()).isEqualTo(2));
        kek.lastOutcome(); // when both have been answered
        loop.submit(() -> {}).get();
        assertThat(allowedCuts).hasValue(0);
    }

    @Test
    void aDeniedRequestIsAnsweredWhenAllThatIsWithdrawnWithItHasBeenDropped() throws Exception {
        FreshKey kept = create(keys, PER_OBJECT, "a");
        AtomicInteger cuts = new AtomicInteger();
        watch(kept, cuts);
        kek.refuse(KmsError.REVOKED);
        assertThatThrownBy(() -> create(keys, PER_OBJECT, "b"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        loop.submit(() -> {}).get();
        assertThat(cuts).hasValue(1);
    }

    @Test
    void aKekThatNobodyUsesIsNotTried() throws Exception {
        ObjectKeys uncached = keys(Duration.ZERO);
        create(uncached, PER_OBJECT, "a").close();
        uncached.tryKeksInUse(0, 1);
        keys.tryKeksInUse(0, 1);
        assertThat(kek.unwraps()).isZero();
    }

    @Test
    void whoeverListensAfterTheWithdrawalHearsAtOnce() throws Exception {
        FreshKey admitted = create(keys, PER_OBJECT, "a");
        FreshKey listening = create(keys, PER_OBJECT, "b");
        AtomicInteger cuts = new AtomicInteger();
        watch(listening, cuts);
        kek.refuse(KmsError.REVOKED);
        keys.tryKeksInUse(0, 1);
        Eventually.holds(() -> assertThat(cuts.get() == 1).isTrue());
        watch(admitted, cuts);
        assertThat(cuts).hasValue(2);
    }

    @Test
    void aSecretThatDoesNotOpenIsNotKept() throws Exception {
        ObjectSeal seal = create(keys, PER_OBJECT, "a").seal(Layout.SINGLE);
        ObjectKeys other = keys(Duration.ofMinutes(1));
        kek.garble();
        assertThatThrownBy(() -> open(other, seal, "a"))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.INTERNAL_ERROR));
        kek.allow();
        open(other, seal, "a").close();
    }

    @Test
    void whatWasWrappedIsUnwrappedForTheFirstObjectOfAKeyAndThenForOneOfThree() throws Exception {
        ObjectKeys proving = proving(3);
        for (int i = 0; i < 7; i++) {
            create(proving, PER_OBJECT, "a" + i);
        }
        assertThat(kek.wraps()).isEqualTo(7);
        assertThat(kek.unwraps()).isEqualTo(3);
    }

    @Test
    void whatObjectsOfABucketShareIsUnwrappedInAnyCase() throws Exception {
        ObjectKeys proving = proving(1_000);
        create(proving, PER_OBJECT, "a");
        create(proving, BUCKET_KEY, "b");
        create(proving, BUCKET_KEY, "c");
        assertThat(kek.unwraps()).isEqualTo(2);
    }

    @Test
    void aKmsThatWrapsWronglyIsNotBelievedUntilItWrapsWell() throws Exception {
        ObjectKeys proving = proving(3);
        create(proving, PER_OBJECT, "a");
        kek.garble();
        create(proving, PER_OBJECT, "not proven");
        create(proving, PER_OBJECT, "nor this");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> create(proving, PER_OBJECT, "b"))
                    .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.SLOW_DOWN));
        }
        assertThat(proving.state(EXTERNAL_KEY).orElseThrow().status()).isEqualTo(KeyState.Status.UNREACHABLE);
        kek.allow();
        create(proving, PER_OBJECT, "c");
        assertThat(proving.state(EXTERNAL_KEY).orElseThrow().status()).isEqualTo(KeyState.Status.ACTIVE);
        assertThat(kek.unwraps()).isEqualTo(5);
    }

    @Test
    void aDenialThatARequestMayHaveMadeUpLeavesTheKeyActive() throws Exception {
        create(keys, PER_OBJECT, "a");
        kek.destroy((version, context) -> version.equals("999"));
        assertThatThrownBy(() -> on(loop.submit(() -> keys.open(asker(PER_OBJECT), place("a"), forged("999"), loop))))
                .satisfies(failure -> assertThat(errorOf(failure)).isEqualTo(S3Error.KMS_DISABLED));
        assertThat(keys.state(EXTERNAL_KEY).orElseThrow().status()).isEqualTo(KeyState.Status.ACTIVE);
    }

    @Test
    void eachCallForAClientSaysWhoAsked() throws Exception {
        Events happening = new Events();
        Map<KekCalled.Call, Optional<String>> askers = new ConcurrentHashMap<>();
        happening.when(
                KekCalled.class,
                called -> askers.put(called.call(), called.subject().accessKeyId()));
        ObjectKeys telling = new ObjectKeys(
                keks,
                new KeySettings(Duration.ZERO, 100, Duration.ofMinutes(5), Duration.ZERO, 1),
                happening,
                random,
                nanos::get);
        FreshKey made = create(telling, PER_OBJECT, "a");
        open(telling, made.seal(Layout.SINGLE), "a");
        telling.tryKeksInUse(0, 1);
        Optional<String> asker = Optional.of("AKIAASKER");
        Eventually.holds(() -> assertThat(askers)
                .isEqualTo(Map.of(
                        KekCalled.Call.WRAP,
                        asker,
                        KekCalled.Call.PROOF,
                        asker,
                        KekCalled.Call.UNWRAP,
                        asker,
                        KekCalled.Call.CANARY,
                        Optional.empty())));
    }

    private ObjectKeys proving(int each) {
        return new ObjectKeys(
                this.keks,
                new KeySettings(Duration.ofMinutes(1), 100, Duration.ofMinutes(5), Duration.ZERO, each),
                new Events(),
                random,
                nanos::get);
    }
}
