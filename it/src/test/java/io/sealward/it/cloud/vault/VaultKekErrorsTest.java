package io.sealward.it.cloud.vault;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.cloud.Faults;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer, and each silence, of Vault means to the KEK. */
final class VaultKekErrorsTest extends VaultTenant {
    @Test
    void takesAPolicyThatIsTakenAwayForRevocationAndNoticesItsReturn() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.deny();

        KmsException refused = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(refused.error()).isEqualTo(KmsError.REVOKED);
        assertThat(refused).hasMessage("HTTP 403: 1 error occurred: * permission denied");
        assertThat(vault.logins())
                .as("a new token is tried before that is believed")
                .isEqualTo(2);

        key.allow();
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void takesARoleThatIsGoneForRevocation() {
        key.role().delete();

        KmsException refused = failureOf(kek.wrap(SECRET, CONTEXT));
        assertThat(refused.error()).isEqualTo(KmsError.REVOKED);
        assertThat(refused).hasMessageContaining("could not be found");
    }

    @Test
    void takesAnIssuerWhoseKeysVaultCannotReadForAnOutage() {
        vault.answerAll(
                400,
                "{\"errors\":[\"error configuring token validator: keyset configuration error: Get: tls: failed to verify certificate\"]}");

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void takesADeletedKeyAndAnUnmountedEngineForDestroyed() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.deleteKey(key.key().name());
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error())
                .as("to encrypt would be to make the key, which the role may not")
                .isEqualTo(KmsError.REVOKED);

        vault.unmount();
        KmsException gone = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(gone.error()).isEqualTo(KmsError.DESTROYED);
        assertThat(gone).hasMessageContaining("HTTP 404");
    }

    @Test
    void takesAVersionBelowTheLowestThatDecryptsForRevocation() {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        key.key().rotate();
        key.key().setMinDecryptionVersion(2);

        KmsException refused = failureOf(kek.unwrap(old, CONTEXT));
        assertThat(refused.error()).isEqualTo(KmsError.REVOKED);
        assertThat(refused).hasMessageContaining("Lower the key's min_decryption_version");
        assertThat(await(kek.unwrap(await(kek.wrap(SECRET, CONTEXT)), CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void takesASoftDeletedKeyForRevokedUntilItIsTakenBack() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        key.key().setSoftDeleted(true);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);

        key.key().setSoftDeleted(false);
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    /** The only fault of a ciphertext that is told as one of the server's. */
    @Test
    void takesWhatAnRsaKeyDoesNotOpenForCorrupt() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(
                500,
                "{\"errors\":[\"1 error occurred:\\n\\t* failed to RSA decrypt the ciphertext: crypto/rsa: decryption error\\n\\n\"]}");

        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({
        "400, CORRUPT",
        "403, REVOKED",
        "404, DESTROYED",
        "412, UNREACHABLE",
        "429, THROTTLED",
        "472, UNREACHABLE",
        "473, UNREACHABLE",
        "500, UNREACHABLE",
        "502, UNREACHABLE",
        "503, UNREACHABLE",
        "307, UNREACHABLE",
    })
    void classifiesEveryStatus(int status, KmsError expected) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(status, "{\"errors\":[\"words of Vault\"]}");

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(failure.error()).isEqualTo(expected);
        assertThat(failure).hasMessageContaining("HTTP " + status + ": words of Vault");
    }

    @ParameterizedTest
    @CsvSource({"400", "403", "404", "502"})
    void doesNotTakeAnAnswerThatIsNotVaultsForADecision(int status) {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(status, "<html>planted words of a proxy</html>");

        KmsException failure = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(failure).message().doesNotContain("planted");
    }

    @Test
    void callsARefusedRequestToEncryptMisconfigured() {
        await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(400, "{\"errors\":[\"message decryption not supported for key type ed25519\"]}");

        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.MISCONFIGURED);
    }

    @Test
    void tellsASealedVaultAndAQuotaAndGarbageFromRevocation() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        vault.faults().set(Faults.Kind.OUTAGE);
        KmsException sealed = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(sealed.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(sealed).hasMessageContaining("Vault is sealed").hasMessageContaining("Unseal");

        vault.faults().set(Faults.Kind.THROTTLE);
        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.THROTTLED);

        vault.faults().set(Faults.Kind.GARBAGE);
        KmsException garbage = failureOf(kek.unwrap(wrapped, CONTEXT));
        assertThat(garbage.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(garbage).message().doesNotContain("planted");
    }

    @Test
    void readsNoMoreOfAnAnswerThanABound() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.answerAll(200, "{\"data\":{\"plaintext\":\"" + "A".repeat(1 << 20) + "\"}}");

        assertThat(failureOf(kek.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
    }

    @Test
    void blamesNoTenantForAnIdentityOfItsOwnThatIsOver() {
        standIn.writeToken("org-a", Duration.ofSeconds(-5));

        KmsException own = failureOf(kek.wrap(SECRET, CONTEXT));
        assertThat(own.error()).isEqualTo(KmsError.UNREACHABLE);
        assertThat(own.gatewaysOwn()).isTrue();
        assertThat(own).message().doesNotContain(folder.toString());
        assertThat(vault.logins()).isZero();
    }

    @Test
    void blamesNoTenantForASecretIdThatIsNotThere() {
        try (Kek byAppRole = open(Map.of("auth_method", "approle", "auth_role", "r"))) {
            assertThat(failureOf(byAppRole.wrap(SECRET, CONTEXT)).gatewaysOwn()).isTrue();
        }
    }
}
