package io.sealward.gateway.cloud;

import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeySpec;
import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpKek;
import io.sealward.providers.gcp.GcpKeySpec;

/** Keys in Cloud KMS; the connection to the cloud stays its owner's to close. */
public record GcpKeks(GcpCloud cloud) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        GcpKek kek = kek(spec);
        return ProviderKeks.closing(kek, kek.registrationCheck(context));
    }

    private GcpKek kek(KeySpec spec) {
        if (spec instanceof KeySpec.Gcp gcp) {
            return cloud.open(new GcpKeySpec(
                    gcp.workloadIdentityProjectNumber(),
                    gcp.workloadIdentityPoolId(),
                    gcp.workloadIdentityProviderId(),
                    gcp.audience(),
                    gcp.kmsProjectId(),
                    gcp.kmsKeyLocation(),
                    gcp.kmsKeyRingName(),
                    gcp.kmsKeyName(),
                    gcp.kmsKeyVersion()));
        }
        throw ProviderKeks.notMine(spec);
    }
}
