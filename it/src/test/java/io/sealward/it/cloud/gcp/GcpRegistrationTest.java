package io.sealward.it.cloud.gcp;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.gcp.SubjectTokens;
import org.junit.jupiter.api.Test;

/** What the registration check finds, and what it tells the administrator. */
final class GcpRegistrationTest extends GcpTenant {
    @Test
    void registersAKeyThatIsSetUpWell() {
        await(kek.registrationCheck(CONTEXT).run());

        assertThat(gcp.kmsFaults().calls()).isEqualTo(2);
    }

    @Test
    void refusesToRegisterAPoolThatTakesTokensForOthers() {
        pool.allowAudience(SubjectTokens.CHECK_AUDIENCE);

        KmsException failure = failureOf(kek.registrationCheck(CONTEXT).run());

        assertThat(failure.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(failure).hasMessageContaining("Set its allowed audiences to 'org-a' alone");
    }

    @Test
    void saysWhatToChangeWhenAStepOfTheRegistrationFails() {
        key.revokeBindings();
        assertThat(failureOf(kek.registrationCheck(CONTEXT).run()))
                .hasMessageContaining("IAM_PERMISSION_DENIED")
                .hasMessageContaining("useToEncrypt and useToDecrypt");

        key.bind(pool.principal(SUBJECT));
        key.disable();
        assertThat(failureOf(kek.registrationCheck(CONTEXT).run()))
                .hasMessageContaining("current state is: DISABLED. Enable the primary version of")
                .hasMessageNotContaining("useToEncrypt");
        key.setState(VersionState.DESTROYED);
        assertThat(failureOf(kek.registrationCheck(CONTEXT).run()))
                .hasMessageContaining("a destroyed one cannot come back")
                .hasMessageNotContaining("useToEncrypt");
        key.enable();
        gcp.disableApi();
        assertThat(failureOf(kek.registrationCheck(CONTEXT).run())).hasMessageContaining("Enable the Cloud KMS API");

        pool.removeAudience("org-a").allowAudience("org-b");
        assertThat(failureOf(kek.registrationCheck(CONTEXT).run()))
                .hasMessageContaining("does not match the expected audience")
                .hasMessageContaining("list 'org-a' among its allowed audiences");
    }
}
