package io.sealward.providers.vault;

import io.sealward.providers.SpecField;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.OperatorSettings;
import java.util.List;
import java.util.Map;

/** HashiCorp Vault and OpenBao, as the gateway's list of providers knows them. */
public final class VaultProvider implements CloudProvider {
    @Override
    public String type() {
        return VaultKek.PROVIDER;
    }

    @Override
    public String title() {
        return "Vault";
    }

    @Override
    public List<SpecField> fields() {
        return VaultKeySpec.FIELDS;
    }

    @Override
    public VaultKeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return VaultKeySpec.of(values);
    }

    @Override
    public VaultSetup configure(OperatorSettings settings) {
        return VaultSetup.read(settings);
    }

    @Override
    public Unwrapper own(String keyId) {
        return VaultOwnKey.of(keyId);
    }
}
