package io.sealward.providers.aws;

import io.sealward.providers.SpecField;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.OperatorSettings;
import java.util.List;
import java.util.Map;

/** AWS KMS, as the gateway's list of providers knows it. */
public final class AwsProvider implements CloudProvider {
    @Override
    public String type() {
        return AwsKek.PROVIDER;
    }

    @Override
    public List<SpecField> fields() {
        return AwsKeySpec.FIELDS;
    }

    @Override
    public AwsKeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return AwsKeySpec.of(values);
    }

    @Override
    public String title() {
        return "AWS";
    }

    @Override
    public AwsSetup configure(OperatorSettings settings) {
        return AwsSetup.read(settings);
    }

    @Override
    public Unwrapper own(String keyId) {
        return AwsOwnKey.of(keyId);
    }
}
