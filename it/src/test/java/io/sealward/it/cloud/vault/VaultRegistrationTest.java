package io.sealward.it.cloud.vault;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the registration check finds, and what it tells the administrator. */
final class VaultRegistrationTest extends VaultTenant {
    @Test
    void registersAKeyThatIsSetUpWell() {
        await(check(Map.of()).run());

        assertThat(vault.faults().calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "transit/keys/KEY, read",
        "transit/keys/KEY/rotate, update",
        "transit/keys/KEY/config, update",
        "transit/export/encryption-key/KEY, read",
        "transit/backup/KEY, read",
        "transit/datakey/plaintext/KEY, update",
        "transit/encrypt/KEY, create",
        "transit/decrypt/KEY, sudo",
        "sys/mounts, read",
        "transit/hmac/KEY, update",
        "auth/token/create, update",
        "auth/token/renew-self, update",
    })
    void refusesATokenThatMayDoMoreSayingWhich(String path, String capability) {
        String excess = path.replace("KEY", key.key().name());
        if (path.startsWith("transit/encrypt") || path.startsWith("transit/decrypt")) {
            key.role().allow(excess, "update", capability);
        } else {
            key.role().allow(excess, capability);
        }

        KmsException refused = failureOf(check(Map.of()).run());
        assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(refused).hasMessageContaining(excess + "=[" + capability + "]");
        assertThat(vault.faults().calls()).isZero();
    }

    @Test
    void refusesATokenWithTheDefaultPolicySayingHowToLeaveItOut() {
        key.role().addDefaultPolicy();

        KmsException refused = failureOf(check(Map.of()).run());
        assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(refused)
                .hasMessageContaining("cubbyhole/")
                .hasMessageContaining("auth/token/renew-self=[update]")
                .hasMessageContaining("token_no_default_policy");
    }

    @Test
    void refusesARoleThatTakesTokensForOthers() {
        key.role().bindNoAudience();

        KmsException refused = failureOf(check(Map.of()).run());
        assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(refused).hasMessageContaining("expect the audience 'org-a' alone");
    }

    @Test
    void refusesAnAppRoleThatAsksForNoSecretId() {
        standIn.writeSecretId("org-a", "a-secret-id");
        FakeVaultRole role =
                vault.createRole("open").bindSecretId("a-secret-id").allowUseOf(FakeTransit.MOUNT, key.key());
        Map<String, String> byAppRole = Map.of("auth_method", "approle", "auth_role", role.name());
        await(check(byAppRole).run());

        role.bindNoSecretId();
        KmsException refused = failureOf(check(byAppRole).run());
        assertThat(refused.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(refused).hasMessageContaining("bind_secret_id");
    }

    @Test
    void saysWhatToChangeWhenAStepFails() {
        key.deny();
        assertThat(failureOf(check(Map.of()).run()))
                .hasMessageContaining("permission denied")
                .hasMessageContaining("update on transit/encrypt/" + key.key().name());

        key.role().forbid("sys/capabilities-self");
        assertThat(failureOf(check(Map.of()).run())).hasMessageContaining("update on sys/capabilities-self");

        assertThat(failureOf(check(Map.of("audience", "org-a", "auth_role", "nobody"))
                        .run()))
                .hasMessageContaining("could not be found")
                .hasMessageContaining("expect the audience 'org-a'");
    }
}
