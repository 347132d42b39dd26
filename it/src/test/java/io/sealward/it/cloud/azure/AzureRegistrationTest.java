package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.KmsException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the registration check finds, and what it tells the administrator. */
final class AzureRegistrationTest extends AzureTenant {
    @Test
    void registersAKeyThatIsSetUpWell() {
        await(kek.registrationCheck(CONTEXT).run());
    }

    @Test
    void asksForATokenEachTime() {
        await(kek.registrationCheck(CONTEXT).run());
        azure.deleteServicePrincipal(tenant);

        assertThat(failureOf(kek.registrationCheck(CONTEXT).run())).hasMessageContaining("AADSTS7000229");
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void saysWhatToChangeWhenTheRegistrationFails(Flaw flaw) {
        flaw.introduce(this);

        KmsException failure = failureOf(kek.registrationCheck(CONTEXT).run());

        assertThat(failure).hasMessageContaining(flaw.words).hasMessageContaining(flaw.cure);
    }

    /** What can be wrong at registration. */
    private enum Flaw {
        NO_PRINCIPAL("AADSTS7000229", "az ad sp create --id") {
            @Override
            void introduce(AzureTenant test) {
                test.azure.deleteServicePrincipal(test.tenant);
            }
        },
        NO_ROLE("ForbiddenByRbac", "Microsoft.KeyVault/vaults/keys/read") {
            @Override
            void introduce(AzureTenant test) {
                test.vault.revokeRole();
            }
        },
        NO_KEY("KeyNotFound", "See that the key exists") {
            @Override
            void introduce(AzureTenant test) {
                test.vault.deleteKey(test.key);
            }
        },
        DISABLED("KeyDisabled", "Enable the key.") {
            @Override
            void introduce(AzureTenant test) {
                test.key.disable();
            }
        },
        ELLIPTIC_CURVE("type EC", "Create it with the type RSA") {
            @Override
            void introduce(AzureTenant test) {
                test.key.setKeyType("EC");
            }
        },
        WRAP_ONLY("wrapKey", "Add encrypt and decrypt") {
            @Override
            void introduce(AzureTenant test) {
                test.key.setOperations(List.of("wrapKey", "unwrapKey"));
            }
        },
        EXPIRED("expired key", "Move the key's expiry date") {
            @Override
            void introduce(AzureTenant test) {
                test.key.setExpires(test.key.currentVersion(), Instant.now().minusSeconds(60));
            }
        };

        private final String words;
        private final String cure;

        Flaw(String words, String cure) {
            this.words = words;
            this.cure = cure;
        }

        abstract void introduce(AzureTenant test);
    }
}
