package io.sealward.providers.gcp;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;

/**
 * Opens keys in Cloud KMS.
 *
 * @param cloud closed together with this
 */
public record GcpOpener(GcpCloud cloud) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        GcpKek kek = kek(spec);
        return kek.registrationCheck(context).closing(kek);
    }

    @Override
    public void close() {
        cloud.close();
    }

    private GcpKek kek(KeySpec spec) {
        return cloud.open(spec.as(GcpKeySpec.class));
    }
}
