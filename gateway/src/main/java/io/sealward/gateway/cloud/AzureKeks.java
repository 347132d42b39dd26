package io.sealward.gateway.cloud;

import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeySpec;
import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.azure.AzureCloud;
import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureKeySpec;

/**
 * Keys in Azure Key Vault.
 *
 * @param environment the cloud whose vaults are accepted
 */
public record AzureKeks(AzureCloud cloud, AzureEnvironment environment) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(organizationId, spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        AzureKek kek = kek(organizationId, spec);
        return ProviderKeks.closing(kek, kek.registrationCheck(context));
    }

    private AzureKek kek(String organizationId, KeySpec spec) {
        if (spec instanceof KeySpec.Azure azure) {
            return cloud.open(new AzureKeySpec(
                    environment,
                    organizationId,
                    azure.tenantId(),
                    azure.vaultUri(),
                    azure.keyName(),
                    azure.keyVersion()));
        }
        throw ProviderKeks.notMine(spec);
    }
}
