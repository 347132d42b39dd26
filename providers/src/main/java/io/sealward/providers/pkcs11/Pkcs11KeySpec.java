package io.sealward.providers.pkcs11;

import io.sealward.providers.KeySpec;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key of the gateway's token. Only the operator can make keys there, and says by a key's label whose it is: it begins with the
 * id of the organization that may register it.
 */
public record Pkcs11KeySpec(String keyLabel) implements KeySpec {
    private static final SpecField KEY_LABEL = SpecField.required(
                    "key_label", "^org-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)*--[0-9a-zA-Z]+(-[0-9a-zA-Z]+)*$", 64)
            .describedAs("The organization's id, two dashes, any name: the label of a key in the gateway's token.");

    static final List<SpecField> FIELDS = List.of(KEY_LABEL);

    /** @throws io.sealward.providers.InvalidKeySpecException if the label is missing or malformed */
    public Pkcs11KeySpec {
        KEY_LABEL.require(keyLabel);
    }

    /** Whether keys of this label can be told to be this organization's. */
    static boolean canLabel(String label, String organizationId) {
        return KEY_LABEL.matches(label)
                && label.length() <= KEY_LABEL.maxLength()
                && new Pkcs11KeySpec(label).owner().id().equals(organizationId);
    }

    @Override
    public String type() {
        return Pkcs11Kek.PROVIDER;
    }

    @Override
    public SortedMap<String, String> fields() {
        return new TreeMap<>(Map.of("key_label", keyLabel));
    }

    @Override
    public String kek() {
        return Pkcs11Kek.PROVIDER + ":" + keyLabel;
    }

    @Override
    public Owner owner() {
        return Owner.inName("key_label", keyLabel);
    }
}
