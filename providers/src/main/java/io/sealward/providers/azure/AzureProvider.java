package io.sealward.providers.azure;

import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;

/** Azure Key Vault, as the gateway's list of providers knows it. */
public final class AzureProvider implements KmsProvider {
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
}
