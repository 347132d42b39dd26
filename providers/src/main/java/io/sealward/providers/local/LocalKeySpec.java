package io.sealward.providers.local;

import io.sealward.providers.KeySpec;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A key of the gateway's own keystore, whose name begins with the id of the organization that may use it. */
public record LocalKeySpec(String keyName) implements KeySpec {
    private static final SpecField KEY_NAME = SpecField.required("key_name", "^org-[0-9a-zA-Z-]*--[0-9a-zA-Z-]*$", 64)
            .describedAs("The organization's id, two dashes, any name: a key of the gateway's own keystore.");

    static final List<SpecField> FIELDS = List.of(KEY_NAME);

    /** @throws io.sealward.providers.InvalidKeySpecException if the name is missing or malformed */
    public LocalKeySpec {
        KEY_NAME.require(keyName);
    }

    static LocalKeySpec of(Map<String, String> values) {
        return new LocalKeySpec(values.get("key_name"));
    }

    @Override
    public String type() {
        return LocalKek.PROVIDER;
    }

    @Override
    public SortedMap<String, String> fields() {
        return new TreeMap<>(Map.of("key_name", keyName));
    }

    @Override
    public String kek() {
        return "local:" + keyName;
    }

    @Override
    public Owner owner() {
        return Owner.inName("key_name", keyName);
    }
}
