package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.cloud.Faults;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureKeySpec;
import io.sealward.providers.resilience.CallLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real libraries against the enforcing fake, over TLS. */
final class AzureKekTest extends AzureTenant {
    @Test
    void unwrapsWhatItWrapped() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(kek.keyId()).isEqualTo(vault.uri() + "keys/" + KEY_NAME);
        assertThat(wrapped.keyVersion()).isEqualTo(key.currentVersion());
        assertThat(wrapped.ciphertext()).hasSize(256);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void asksForOneTokenAndOneKeyAndThenMakesOneCallEach() {
        WrappedSecret first = await(kek.wrap(SECRET, CONTEXT));
        await(kek.unwrap(first, CONTEXT));
        long before = vault.faults().calls();

        IntStream.range(0, 3).forEach(i -> await(kek.wrap(SECRET, CONTEXT)));
        IntStream.range(0, 3).forEach(i -> await(kek.unwrap(first, CONTEXT)));

        assertThat(vault.faults().calls() - before).isEqualTo(6);
    }

    @Test
    void asksTheServiceEachTimeSoThatADisabledKeyIsNoticedAtOnce() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.disable();

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)))
                .hasMessageContaining("KeyDisabled")
                .hasMessageContaining("Operation decrypt is not allowed on a disabled key.")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.REVOKED);

        key.enable();
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void refusesAnotherContextAndAForgedCiphertext() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        byte[] forged = wrapped.ciphertext().clone();
        forged[17] ^= 1;

        assertThat(failureOf(kek.unwrap(wrapped, OTHER_CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        assertThat(failureOf(kek.unwrap(new WrappedSecret(wrapped.keyVersion(), forged), CONTEXT)))
                .hasMessageContaining("BadParameter")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.CORRUPT);
    }

    @Test
    void refusesWhatIsTooShortToCarryAContext() throws Exception {
        byte[] bare = key.encrypt(key.currentVersion(), new byte[32]);
        await(kek.wrap(SECRET, CONTEXT));

        assertThat(failureOf(kek.unwrap(new WrappedSecret(key.currentVersion(), bare), CONTEXT))
                        .error())
                .isEqualTo(KmsError.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "latest",
        "../../secrets/x",
        "ABCDEF0123456789ABCDEF0123456789",
        "0123456789abcdef0123456789abcdef/x"
    })
    void sendsNothingForAVersionThatIsNone(String version) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        long before = vault.faults().calls();

        assertThat(failureOf(kek.unwrap(new WrappedSecret(version, wrapped.ciphertext()), CONTEXT))
                        .error())
                .isEqualTo(KmsError.CORRUPT);
        assertThat(vault.faults().calls()).isEqualTo(before);
    }

    @Test
    void unwrapsWithAnExpiredKeyButDoesNotWrap() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.setExpires(key.currentVersion(), Instant.now().minusSeconds(60));

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void doesNotWrapWithAKeyThatIsNotYetValid() {
        key.setNotBefore(Instant.now().plusSeconds(3_600));

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.MISCONFIGURED);
    }

    @Test
    void followsARotationWithinTheGivenTimeAndKeepsUnwrappingTheOldVersion() {
        try (AzureKek prompt = open(azure.identity(), ONE_ATTEMPT, Duration.ZERO)) {
            WrappedSecret old = await(prompt.wrap(SECRET, CONTEXT));
            await(kek.wrap(SECRET, CONTEXT));
            String newer = key.rotate();

            assertThat(await(prompt.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(newer);
            assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(old.keyVersion());
            assertThat(await(kek.unwrap(old, CONTEXT))).isEqualTo(SECRET);
        }
    }

    @Test
    void takesANewVersionAtOnceWhenTheOldOneIsDisabled() {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        String newer = key.rotate();
        key.disable(old.keyVersion());

        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(newer);
        assertThat(failureOf(kek.unwrap(old, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
    }

    @Test
    void takesANewVersionAtOnceWhenTheOldOneHasExpired() {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        String newer = key.rotate();
        key.setExpires(old.keyVersion(), Instant.now().minusSeconds(1));

        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(newer);
        assertThat(await(kek.unwrap(old, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void doesNotTakeAVersionThatNeverWasForADestroyedKey() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        WrappedSecret forged = new WrappedSecret("0123456789abcdef0123456789abcdef", wrapped.ciphertext());

        assertThat(failureOf(kek.unwrap(forged, CONTEXT)))
                .hasMessageContaining("KeyNotFound")
                .extracting(KmsException::error)
                .isEqualTo(KmsError.CORRUPT);

        vault.deleteKey(key);
        assertThat(failureOf(kek.unwrap(forged, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
    }

    @Test
    void refusesASecretThatFitsNoProvider() {
        assertThatThrownBy(() -> kek.wrap(new byte[0], CONTEXT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> kek.wrap(new byte[65], CONTEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void wrapsUnderThePinnedVersion() {
        String pinned = key.currentVersion();
        key.rotate();
        AzureKeySpec spec = new AzureKeySpec(tenant, vault.uri(), KEY_NAME, Optional.of(pinned));
        try (AzureKek fixed =
                azure.connect(azure.identity(), ONE_ATTEMPT, AN_HOUR).open(spec)) {
            assertThat(await(fixed.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(pinned);
        }
    }

    @Test
    void takesANewTokenOnceWhenTheOldOneIsRefused() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        azure.forgetTokens();

        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        assertThat(azure.tokenFaults().calls()).isEqualTo(2);
    }

    @Test
    void provesItselfWithAFederatedAssertion() {
        AzureIdentity federated = new AzureIdentity.FederatedAssertion(
                azure.application().clientId(), () -> azure.application().federatedToken(Duration.ofMinutes(5)));
        try (AzureKek keyless = open(federated, ONE_ATTEMPT, AN_HOUR)) {
            assertThat(await(keyless.unwrap(await(keyless.wrap(SECRET, CONTEXT)), CONTEXT)))
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void provesItselfWithACertificate(@TempDir Path directory) {
        Path pem = directory.resolve("gateway.pem");
        azure.application().writeCertificate(pem);
        AzureIdentity certified =
                new AzureIdentity.Certificate(azure.application().clientId(), pem);
        try (AzureKek signing = open(certified, ONE_ATTEMPT, AN_HOUR)) {
            assertThat(await(signing.unwrap(await(signing.wrap(SECRET, CONTEXT)), CONTEXT)))
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void retriesAPassingFailureWithinItsLimits() {
        CallLimits patient = new CallLimits(4, 64, 3, Duration.ofSeconds(20), Duration.ofMillis(1));
        try (AzureKek retrying = open(azure.identity(), patient, AN_HOUR)) {
            await(retrying.wrap(SECRET, CONTEXT));
            vault.faults().setNext(Faults.Kind.OUTAGE, 2);
            assertThat(await(retrying.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(key.currentVersion());

            long before = vault.faults().calls();
            vault.faults().set(Faults.Kind.THROTTLE);
            assertThat(failureOf(retrying.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);
            assertThat(vault.faults().calls() - before).isEqualTo(3);
        }
    }

    @Test
    void keepsOneTenantsSlowVaultFromAnothers() {
        FakeVault otherVault = azure.createVault(tenant);
        otherVault.createKey("org-b--kek");
        AzureKeySpec spec = new AzureKeySpec(tenant, otherVault.uri(), "org-b--kek", Optional.empty());
        try (AzureKek other =
                azure.connect(azure.identity(), ONE_ATTEMPT, AN_HOUR).open(spec)) {
            WrappedSecret wrapped = await(other.wrap(SECRET, CONTEXT));
            vault.faults().hold();
            CompletionStage<?>[] slow = IntStream.range(0, 32)
                    .mapToObj(i -> kek.wrap(SECRET, CONTEXT))
                    .toArray(CompletionStage<?>[]::new);

            assertThat(await(other.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);

            assertThat(slow).noneMatch(call -> call.toCompletableFuture().isDone());
            vault.faults().release();
        }
    }
}
