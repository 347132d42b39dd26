package io.sealward.providers.vault;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLimits;

/**
 * Opens keys in Vault.
 *
 * @param limits for each KEK by itself
 */
public record VaultOpener(VaultSetup setup, CallLimits limits) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        VaultKek kek = kek(spec);
        return kek.registrationCheck(context).closing(kek);
    }

    private VaultKek kek(KeySpec given) {
        VaultKeySpec spec = given.as(VaultKeySpec.class);
        if (!new AllowedHosts(setup.allowedHosts()).allow(spec.server().address())) {
            throw new InvalidKeySpecException(
                    "vault_address",
                    "The operator of this gateway does not allow calls to "
                            + spec.server().address() + ".");
        }
        Credentials credentials = new Credentials(setup.tokenFile(), setup.secretIdFile());
        if (!credentials.canUse(spec.role().method())) {
            throw new InvalidKeySpecException(
                    "auth_method",
                    "The operator of this gateway has set up no credentials for the method '"
                            + spec.role().method().label() + "'.");
        }
        return VaultKek.of(spec, credentials, limits);
    }
}
