package io.sealward.providers.gcp;

import io.sealward.providers.SpecField;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.OperatorSettings;
import java.util.List;
import java.util.Map;

/** Cloud KMS, as the gateway's list of providers knows it. */
public final class GcpProvider implements CloudProvider {
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

    @Override
    public String title() {
        return "Google Cloud";
    }

    @Override
    public GcpSetup configure(OperatorSettings settings) {
        return GcpSetup.read(settings);
    }

    @Override
    public Unwrapper own(String keyId) {
        return GcpOwnKey.of(keyId);
    }
}
