package io.sealward.providers.azure;

import io.sealward.providers.SpecField;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.OperatorSettings;
import java.util.List;
import java.util.Map;

/** Azure Key Vault, as the gateway's list of providers knows it. */
public final class AzureProvider implements CloudProvider {
    @Override
    public String type() {
        return AzureKek.PROVIDER;
    }

    @Override
    public List<SpecField> fields() {
        return AzureKeySpec.FIELDS;
    }

    @Override
    public AzureKeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return AzureKeySpec.of(values);
    }

    @Override
    public String title() {
        return "Azure";
    }

    @Override
    public AzureSetup configure(OperatorSettings settings) {
        return AzureSetup.read(settings);
    }

    @Override
    public Unwrapper own(String keyId) {
        return AzureOwnKey.of(keyId);
    }
}
