package io.sealward.gateway.cloud;

import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeySpec;
import io.sealward.providers.Kek;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.aws.AwsKek;
import io.sealward.providers.aws.AwsKeySpec;
import io.sealward.providers.aws.AwsSettings;

/** Keys in AWS KMS. */
public record AwsKeks(AwsSettings settings) implements KekOpener {
    @Override
    public Kek open(String organizationId, KeySpec spec) {
        return kek(spec);
    }

    @Override
    public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
        AwsKek kek = kek(spec);
        return ProviderKeks.closing(kek, kek.registrationCheck(context));
    }

    private AwsKek kek(KeySpec spec) {
        if (spec instanceof KeySpec.Aws aws) {
            return new AwsKek(new AwsKeySpec(aws.roleArn(), aws.kmsArn(), aws.externalId()), settings);
        }
        throw ProviderKeks.notMine(spec);
    }
}
