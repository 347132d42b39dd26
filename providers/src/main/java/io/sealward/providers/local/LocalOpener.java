package io.sealward.providers.local;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;

/** Opens keys of the gateway's own keystore, which stays its owner's to close. */
public record LocalOpener(LocalKeystore keystore) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return keystore.kek(spec.as(LocalKeySpec.class).keyName());
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        Kek kek = open(organizationId, spec);
        return RegistrationCheck.roundTrip(kek, context).closing(kek);
    }
}
