package io.sealward.it.cloud.vault;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.OTHER_CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.Kek;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.resilience.CallLimits;
import io.sealward.providers.vault.VaultOpener;
import io.sealward.providers.vault.VaultSetup;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API against the enforcing fake, over TLS. */
final class VaultKekTest extends VaultTenant {
    @Test
    void unwrapsWhatItWrapped() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));

        assertThat(kek.keyId()).isEqualTo(key.keyId());
        assertThat(wrapped.keyVersion()).isEqualTo("1");
        assertThat(new String(wrapped.ciphertext(), ISO_8859_1)).doesNotContain("vault:", "planted-secret");
        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void logsInOnceForManyCalls() {
        IntStream.range(0, 5).forEach(i -> await(kek.wrap(SECRET, CONTEXT)));

        assertThat(vault.logins()).isEqualTo(1);
        assertThat(vault.faults().calls()).isEqualTo(5);
    }

    @Test
    void logsInAgainOnceWhenItsTokenIsRevoked() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        vault.revokeTokens();

        assertThat(await(kek.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        assertThat(vault.logins()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bindsTheContextWhetherOrNotTheKeyIsDerived(boolean derived) {
        key = standIn.createKey("org-a", "org-a", derived);
        try (Kek other = open(Map.of())) {
            WrappedSecret wrapped = await(other.wrap(SECRET, CONTEXT));

            assertThat(await(other.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
            assertThat(failureOf(other.unwrap(wrapped, OTHER_CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        }
    }

    @Test
    void wrapsUnderTheNewVersionAndStillUnwrapsTheOld() {
        WrappedSecret old = await(kek.wrap(SECRET, CONTEXT));
        key.key().rotate();

        assertThat(await(kek.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo("2");
        assertThat(await(kek.unwrap(old, CONTEXT))).isEqualTo(SECRET);
    }

    @Test
    void refusesAForgedCiphertextAndAnotherVersion() {
        WrappedSecret wrapped = await(kek.wrap(SECRET, CONTEXT));
        byte[] forged = wrapped.ciphertext().clone();
        forged[forged.length - 1] ^= 1;
        key.key().rotate();

        for (WrappedSecret wrong : List.of(
                new WrappedSecret("1", forged),
                new WrappedSecret("1", new byte[3]),
                new WrappedSecret("2", wrapped.ciphertext()),
                new WrappedSecret("3", wrapped.ciphertext()),
                new WrappedSecret("", wrapped.ciphertext()),
                new WrappedSecret("1:x", wrapped.ciphertext()))) {
            assertThat(failureOf(kek.unwrap(wrong, CONTEXT)).error()).isEqualTo(KmsError.CORRUPT);
        }
    }

    @Test
    void usesASecretIdOfAnAppRole() {
        standIn.writeSecretId("org-a", "planted-secret-id");
        FakeVaultRole role = vault.createRole("an-app-role")
                .bindSecretId("planted-secret-id")
                .allowUseOf(FakeTransit.MOUNT, key.key());
        try (Kek byAppRole = open(Map.of("auth_method", "approle", "auth_role", role.name()))) {
            assertThat(await(byAppRole.unwrap(await(byAppRole.wrap(SECRET, CONTEXT)), CONTEXT)))
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void findsAKeyInANamespace() {
        vault.moveTo("teams/blue");
        assertThat(failureOf(kek.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        try (Kek blue = open(Map.of("vault_namespace", "teams/blue"))) {
            assertThat(await(blue.unwrap(await(blue.wrap(SECRET, CONTEXT)), CONTEXT)))
                    .isEqualTo(SECRET);
            assertThat(blue.keyId())
                    .isEqualTo(vault.address() + "/teams/blue/transit/keys/"
                            + key.key().name());
        }
    }

    @Test
    void trustsTheTenantsAuthorityAndNoOther() throws Exception {
        String stranger = Base64.getEncoder()
                .encodeToString(new CertificateAuthority().certificate().getEncoded());
        try (Kek other = open(Map.of("vault_ca_certificate", stranger))) {
            assertThat(failureOf(other.wrap(SECRET, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
        }
        assertThat(vault.logins()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, https://localhost, true",
        "localhost:8200, https://localhost, false",
        "localhost, https://localhost:8200, false",
        "localhost:443, https://localhost, true",
        "*.vault.example, https://a.vault.example, true",
        "*.vault.example, https://a.b.vault.example, true",
        "*.vault.example, https://vault.example, false",
        "*.vault.example, https://evil-vault.example, false",
        "*.vault.example:8200, https://a.vault.example:8200, true",
        "vault.example, https://vault.example.evil, false",
    })
    void callsOnlyAHostThatTheOperatorAllows(String pattern, String address, boolean allowed) {
        VaultSetup setup = new VaultSetup(
                List.of(pattern),
                standIn.setup().tokenFile(),
                Optional.empty(),
                standIn.setup().issuer(),
                "s");
        VaultOpener opener = new VaultOpener(setup, CallLimits.DEFAULT);
        KeySpec spec = Providers.parse("vault", fields(Map.of("vault_address", address)));
        if (allowed) {
            opener.open("org-a", spec).close();
        } else {
            assertThatThrownBy(() -> opener.open("org-a", spec))
                    .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                            .isEqualTo("vault_address"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vault_address, http://vault.example",
        "vault_address, https://vault.example/v1",
        "vault_address, https://user@vault.example",
        "vault_address, https://vault.example?x",
        "vault_address, 'https://vault.example\n'",
        "vault_namespace, ../root",
        "vault_namespace, /a",
        "transit_mount, a//b",
        "transit_mount, a/../sys",
        "transit_key_name, ..",
        "transit_key_name, a/rotate",
        "transit_key_name, a?x",
        "auth_method, token",
        "auth_method, userpass",
        "auth_mount, a b",
        "auth_role, ../x",
        "audience, https://sts.example",
        "vault_ca_certificate, '-----BEGIN'",
    })
    void refusesEveryOtherFormByTheNameOfItsField(String field, String value) {
        Map<String, String> fields = fields(Map.of(field, value));
        assertThatThrownBy(() -> Providers.parse("vault", fields))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo(field));
    }

    @Test
    void isTheSameKeyHoweverItIsReached() {
        assertThat(Providers.parse("vault", fields(Map.of("auth_role", "another", "transit_mount", "transit")))
                        .kek())
                .isEqualTo(Providers.parse("vault", key.registration()).kek());
    }
}
