package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrappedSecret;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureKeySpec;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key in a Managed HSM: another address and another token than a vault's, the same calls. */
final class ManagedHsmTest extends AzureTenant {
    private final FakeVault hsm = azure.createManagedHsm(tenant);
    private final FakeVaultKey held = hsm.createKey(KEY_NAME);
    private final AzureKek inHsm = azure.connect(azure.identity(), ONE_ATTEMPT, AN_HOUR)
            .open(new AzureKeySpec(tenant, hsm.uri(), KEY_NAME, Optional.empty()));

    @AfterEach
    void closeItsKey() {
        inHsm.close();
    }

    @Test
    void provesAndUsesAKeyThere() {
        await(inHsm.registrationCheck(CONTEXT).run());
        WrappedSecret wrapped = await(inHsm.wrap(SECRET, CONTEXT));

        assertThat(wrapped.keyVersion()).isEqualTo(held.currentVersion());
        assertThat(await(inHsm.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        assertThat(inHsm.keyId()).isEqualTo(hsm.uri() + "keys/" + KEY_NAME);
    }

    @Test
    void followsARotation() {
        WrappedSecret old = await(inHsm.wrap(SECRET, CONTEXT));
        held.rotate();
        held.disable(old.keyVersion());

        assertThat(await(inHsm.wrap(SECRET, CONTEXT)).keyVersion()).isEqualTo(held.currentVersion());
        assertThat(failureOf(inHsm.unwrap(old, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
    }

    @Test
    void noticesADisabledADeletedAndATroubledKey() {
        WrappedSecret wrapped = await(inHsm.wrap(SECRET, CONTEXT));

        held.disable();
        assertThat(failureOf(inHsm.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        held.enable();
        hsm.refuseAll(503, "ServiceUnavailable", "");
        assertThat(failureOf(inHsm.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.UNREACHABLE);
        hsm.answerAgain();
        assertThat(await(inHsm.unwrap(wrapped, CONTEXT))).isEqualTo(SECRET);
        hsm.deleteKey(held);
        assertThat(failureOf(inHsm.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.DESTROYED);
    }

    @Test
    void namesThePermissionsAsManagedHsmDoes() {
        hsm.revokeRole();

        KmsException failure = failureOf(inHsm.registrationCheck(CONTEXT).run());

        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("Microsoft.KeyVault/managedHsm/keys/read/action");
    }

    /** The role belongs to a principal, and a token names the one that it was given to. */
    @Test
    void asksForANewTokenWhenTheOldOneHasNoRole() {
        WrappedSecret wrapped = await(inHsm.wrap(SECRET, CONTEXT));
        long before = azure.tokenFaults().calls();
        hsm.revokeRole();

        assertThat(failureOf(inHsm.unwrap(wrapped, CONTEXT)).error()).isEqualTo(KmsError.REVOKED);
        assertThat(azure.tokenFaults().calls() - before).isEqualTo(1);
    }
}
