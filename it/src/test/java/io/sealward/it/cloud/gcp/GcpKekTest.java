package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.Faults;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpKek;
import io.sealward.providers.gcp.GcpKeySpec;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The real libraries against the enforcing fake, over TLS. */
final class GcpKekTest extends GcpTenant {
    @Test
    void unwrapsWhatItWrapped() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(kek.keyId()).isEqualTo(key.name());
        assertThat(wrapped.keyVersion()).isEqualTo("1");
        assertThat(wrapped.ciphertext()).isNotEqualTo(SECRET);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void exchangesOneTokenForManyCalls() {
        IntStream.range(0, 5).forEach(i -> await(kek.wrap(SECRET, CONTEXT)));

        assertThat(gcp.tokenFaults().calls()).isEqualTo(1);
        assertThat(gcp.kmsFaults().calls()).isEqualTo(5);
    }

    @Test
    void wrapsUnderTheNewPrimaryAndStillUnwrapsTheOldVersion() {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        key.rotate();

        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("2");
        assertThat(await(kek.unwrap(old, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void wrapsUnderThePinnedVersionAfterARotation() {
        key.rotate();

        assertThat(await(cloud.open(spec(Optional.of("1"))).wrap(SECRET, CONTEXT))
                        .keyVersion())
                .isEqualTo("1");
    }

    @Test
    void refusesAnotherContextAndAForgedCiphertext() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        byte[] forged = wrapped.ciphertext().clone();
        forged[forged.length - 1] ^= 1;

        assertThat(failureOf(kek.unwrap(wrapped, OTHER_CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        assertThat(failureOf(kek.unwrap(new WrappedSecret("1", forged), CONTEXT))
                        .error())
                .isEqualTo(KmsError.CORRUPT);
        assertThat(failureOf(kek.unwrap(new WrappedSecret("1", new byte[3]), CONTEXT))
                        .error())
                .isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void takesANewTokenOnceWhenTheOldOneIsRefused() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        pool.forgetTokens();

        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        assertThat(gcp.tokenFaults().calls()).isEqualTo(2);
    }

    @Test
    void takesANewTokenBeforeTheOldOneExpires() {
        pool.tokenLifetime(Duration.ofSeconds(60));
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        assertThat(gcp.tokenFaults().calls()).isEqualTo(2);
    }

    @Test
    void retriesAPassingFailureWithinItsLimits() {
        try (GcpCloud patient = gcp.connect(
                        gcp.subjectTokens(SUBJECT),
                        new CallLimits(4, 64, 3, Duration.ofSeconds(20), Duration.ofMillis(1)));
                GcpKek retrying = patient.open(spec(Optional.empty()))) {
            gcp.kmsFaults().setNext(Faults.Kind.OUTAGE, 2);
            assertThat(await(retrying.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("1");

            gcp.kmsFaults().set(Faults.Kind.THROTTLE);
            long before = gcp.kmsFaults().calls();
            assertThat(failureOf(retrying.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);
            assertThat(gcp.kmsFaults().calls() - before).isEqualTo(3);
        }
    }

    @Test
    void givesUpAtTheDeadlineAndRefusesMoreThanMayWait() {
        CallLimits narrow = new CallLimits(1, 1, 1, Duration.ofHours(1), Duration.ofMillis(1));
        CallLimits hurried = new CallLimits(1, 1, 1, Duration.ofMillis(300), Duration.ofMillis(1));
        gcp.kmsFaults().hold();
        try (GcpCloud patient = gcp.connect(gcp.subjectTokens(SUBJECT), narrow);
                GcpKek slow = patient.open(spec(Optional.empty()));
                GcpCloud impatient = gcp.connect(gcp.subjectTokens(SUBJECT), hurried);
                GcpKek bounded = impatient.open(spec(Optional.empty()))) {
            CompletionStage<WrappedSecret> running = slow.wrap(SECRET, CONTEXT);
            CompletionStage<WrappedSecret> waiting = slow.wrap(SECRET, CONTEXT);
            assertThat(failureOf(slow.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);

            assertThat(failureOf(bounded.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);

            gcp.kmsFaults().release();
            await(running);
            await(waiting);
        } finally {
            gcp.kmsFaults().release();
        }
    }

    @Test
    void keepsOneTenantsSlowKmsFromAnothers() {
        FakePool otherPool =
                gcp.createPool("987654321", "other-pool", "sealward").allowAudience("org-b");
        FakeCryptoKey otherKey = gcp.createKey("projects/other-kms/locations/global/keyRings/ring/cryptoKeys/kek")
                .bind(otherPool.principal(SUBJECT));
        try (GcpKek other = cloud.open(new GcpKeySpec(
                "987654321",
                "other-pool",
                "sealward",
                "org-b",
                "other-kms",
                "global",
                "ring",
                "kek",
                Optional.empty()))) {
            WrappedSecret wrapped = await(other.wrap(SECRET, CONTEXT));
            key.hold();
            CompletionStage<?>[] slow = IntStream.range(0, 32)
                    .mapToObj(i -> kek.wrap(SECRET, CONTEXT))
                    .toArray(CompletionStage<?>[]::new);

            assertThat(await(other.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);

            assertThat(slow).noneMatch(call -> call.toCompletableFuture().isDone());
            key.release();
            assertThat(otherKey.name()).isEqualTo(other.keyId());
        }
    }

    @Test
    void neverLetsATenantUseAnothersKey() {
        FakePool otherPool =
                gcp.createPool("987654321", "other-pool", "sealward").allowAudience("org-b");
        try (GcpKek stranger = cloud.open(new GcpKeySpec(
                otherPool.projectNumber(),
                otherPool.poolId(),
                otherPool.providerId(),
                "org-b",
                "tenant-kms",
                "us-east1",
                "ring",
                "kek",
                Optional.empty()))) {
            WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

            assertThat(failureOf(stranger.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        }
    }
}
