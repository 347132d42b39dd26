package io.sealward.providers.local;

import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;

/** The gateway's own keystore, as the gateway's list of providers knows it. */
public final class LocalProvider implements KmsProvider {
    @Override
    public String type() {
        return LocalKek.PROVIDER;
    }

    @Override
    public List<SpecField> fields() {
        return LocalKeySpec.FIELDS;
    }

    @Override
    public LocalKeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return LocalKeySpec.of(values);
    }
}
