package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static io.sealward.it.cloud.aws.AwsOperation.ASSUME_ROLE;
import static io.sealward.it.cloud.aws.AwsTenant.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwsRegistrationCheckTest {
    private FakeAws aws;
    private AwsTenant tenant;

    @BeforeEach
    void start() throws IOException {
        aws = FakeAws.start();
        tenant = AwsTenant.in(aws, "tenant");
    }

    @AfterEach
    void stop() {
        tenant.close();
        aws.close();
    }

    @Test
    void aTenantSetUpAsToldPasses() throws Exception {
        await(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(aws.calls(ASSUME_ROLE))
                .as("one that works and two that must not")
                .isEqualTo(3);
    }

    @Test
    void aRoleThatAsksForNoExternalIdIsRefusedWithTheCure() throws Exception {
        tenant.role().trustWithoutExternalId();
        assertOpen("without an ExternalId");
    }

    @Test
    void aRoleThatChecksTheExternalIdOnlyIfThereIsOneIsRefused() throws Exception {
        tenant.role().trustIfExternalIdExists("org-1");
        assertOpen("without an ExternalId");
    }

    @Test
    void aRoleThatTakesAnyExternalIdIsRefused() throws Exception {
        tenant.role().trustAnyExternalId();
        assertOpen("with any ExternalId at all");
    }

    @Test
    void aRoleThatExpectsAnotherExternalIdSaysWhatToChange() throws Exception {
        tenant.role().trustWith("org-2");
        KmsException failure = failureOf(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure)
                .hasMessageContaining("is not authorized to perform: sts:AssumeRole")
                .hasMessageContaining(tenant.role().arn())
                .hasMessageContaining("registered external id");
    }

    @Test
    void aRoleThatMayNotDecryptDoesNotPass() throws Exception {
        tenant.role()
                .allow(new AwsGrant(
                        java.util.Set.of("kms:Encrypt"), tenant.key().arn(), java.util.Map.of()));
        KmsException failure = failureOf(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(failure.error()).isEqualTo(KmsError.REVOKED);
        assertThat(failure).hasMessageContaining("kms:Decrypt");
    }

    @Test
    void aDisabledKeyDoesNotPass() throws Exception {
        tenant.key().disable();
        KmsException failure = failureOf(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(failure).hasMessageContaining("is disabled").hasMessageContaining("Enable the key");
    }

    @Test
    void aNegativeCheckThatGotNoAnswerProvesNothing() throws Exception {
        await(tenant.kek().wrap(new byte[1], CONTEXT));
        aws.faults().always(ASSUME_ROLE, AwsFault.refuse("ServiceUnavailable", 503));
        KmsException failure = failureOf(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(failure.error()).isEqualTo(KmsError.UNREACHABLE);
    }

    private void assertOpen(String how) throws Exception {
        KmsException failure = failureOf(tenant.kek().registrationCheck(CONTEXT).run());
        assertThat(failure.error()).isEqualTo(KmsError.MISCONFIGURED);
        assertThat(failure)
                .hasMessageContaining(how)
                .hasMessageContaining("\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"org-1\"}}");
    }
}
