package io.sealward.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.providers.resilience.CallLimits;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AzureCloudTest {
    @Test
    void opensAKeyWithoutAskingAnything() {
        AzureIdentity identity = new AzureIdentity.FederatedAssertion("id", () -> {
            throw new AssertionError("asked for a token");
        });
        AzureKeySpec spec = new AzureKeySpec(
                "20a14814-5ab7-4612-a671-1382b412bf93",
                "https://tenant-vault.vault.azure.net/",
                "org-a--kek",
                Optional.empty());

        try (AzureKek kek =
                AzureCloud.live(identity, AzureRoute.DIRECT, CallLimits.DEFAULT).open(spec)) {
            assertThat(kek.provider()).isEqualTo("azure");
            assertThat(kek.keyId()).isEqualTo("https://tenant-vault.vault.azure.net/keys/org-a--kek");
        }
    }
}
