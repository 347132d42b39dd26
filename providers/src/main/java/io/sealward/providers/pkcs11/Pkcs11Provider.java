package io.sealward.providers.pkcs11;

import io.sealward.providers.SpecField;
import io.sealward.providers.Unwrapper;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.OperatorSettings;
import java.util.List;
import java.util.Map;

/** A token behind a PKCS#11 library, as the gateway's list of providers knows it. */
public final class Pkcs11Provider implements CloudProvider {
    @Override
    public String type() {
        return Pkcs11Kek.PROVIDER;
    }

    @Override
    public String title() {
        return "PKCS#11";
    }

    @Override
    public List<SpecField> fields() {
        return Pkcs11KeySpec.FIELDS;
    }

    @Override
    public Pkcs11KeySpec parse(Map<String, String> values) {
        SpecField.requireKnown(fields(), values.keySet());
        return new Pkcs11KeySpec(values.get("key_label"));
    }

    @Override
    public Pkcs11Setup configure(OperatorSettings settings) {
        return Pkcs11Setup.read(settings);
    }

    @Override
    public Unwrapper own(String keyId) {
        return Pkcs11OwnKey.of(keyId);
    }
}
