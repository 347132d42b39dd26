package io.sealward.providers.gcp;

import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;

/** Cloud KMS, as the gateway's list of providers knows it. */
public final class GcpProvider implements KmsProvider {
    @Override
    public String type() {
        return GcpKek.PROVIDER;
    }

    @Override
    public List<SpecField> fields() {
        return GcpKeySpec.FIELDS;
    }

    @Override
    public GcpKeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return GcpKeySpec.of(values);
    }
}
