package io.sealward.providers.aws;

import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;

/** Opens keys in AWS KMS. */
public record AwsOpener(AwsSettings settings) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        AwsKek kek = kek(spec);
        return kek.registrationCheck(context).closing(kek);
    }

    private AwsKek kek(KeySpec spec) {
        return new AwsKek(spec.as(AwsKeySpec.class), settings);
    }
}
