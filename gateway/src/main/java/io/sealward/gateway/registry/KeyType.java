package io.sealward.gateway.registry;

import io.sealward.providers.InvalidKeySpecException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where an external key can live. */
public enum KeyType {
    AWS("aws"),
    GCP("gcp"),
    AZURE("azure"),
    LOCAL("local");

    private final String label;

    KeyType(String label) {
        this.label = label;
    }

    /** As in the management API. */
    public String label() {
        return label;
    }

    public static Optional<KeyType> of(String label) {
        return Arrays.stream(values())
                .filter(type -> type.label().equals(label))
                .findFirst();
    }

    public List<SpecField> fields() {
        return switch (this) {
            case AWS -> SpecFields.AWS;
            case GCP -> SpecFields.GCP;
            case AZURE -> SpecFields.AZURE;
            case LOCAL -> SpecFields.LOCAL;
        };
    }

    /**
     * Checks every field and builds the spec.
     *
     * @throws InvalidKeySpecException naming the first field that is missing, unknown or does not match its pattern
     */
    public KeySpec spec(Map<String, String> values) {
        for (String name : values.keySet()) {
            if (fields().stream().noneMatch(field -> field.name().equals(name))) {
                throw new InvalidKeySpecException(name, "Unknown parameter: '" + name + "'.");
            }
        }
        SortedMap<String, String> checked = new TreeMap<>();
        for (SpecField field : fields()) {
            String value = values.get(field.name());
            if (value != null) {
                field.check(value);
                checked.put(field.name(), value);
            } else if (field.required()) {
                throw new InvalidKeySpecException(field.name(), "Missing required parameter: '" + field.name() + "'.");
            }
        }
        return switch (this) {
            case AWS -> KeySpec.Aws.of(checked);
            case GCP -> KeySpec.Gcp.of(checked);
            case AZURE -> KeySpec.Azure.of(checked);
            case LOCAL -> KeySpec.Local.of(checked);
        };
    }
}
