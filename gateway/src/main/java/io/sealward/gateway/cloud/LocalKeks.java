package io.sealward.gateway.cloud;

import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeySpec;
import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.local.LocalKeystore;

/** Keys of the gateway's own keystore, which stays its owner's to close. */
public record LocalKeks(LocalKeystore keystore) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        if (spec instanceof KeySpec.Local local) {
            return keystore.kek(local.keyName());
        }
        throw ProviderKeks.notMine(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        Kek kek = open(organizationId, spec);
        return ProviderKeks.closing(kek, RegistrationCheck.roundTrip(kek, context));
    }
}
