package io.sealward.providers.azure;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;

/**
 * Opens keys in Azure Key Vault.
 *
 * @param environment the cloud whose vaults are accepted
 */
public record AzureOpener(AzureCloud cloud, AzureEnvironment environment) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(organizationId, spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        AzureKek kek = kek(organizationId, spec);
        return kek.registrationCheck(context).closing(kek);
    }

    private AzureKek kek(String organizationId, KeySpec spec) {
        return cloud.open(spec.as(AzureKeySpec.class).requireUsable(environment, organizationId));
    }
}
