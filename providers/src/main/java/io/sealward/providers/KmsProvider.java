package io.sealward.providers;

import java.util.List;
import java.util.Map;

/** One kind of KMS, and what the registration of a key there says. Stateless. */
public interface KmsProvider {
    /** As in the management API, in the registry and in {@link Kek#provider()}: lower-case letters and digits. */
    String type();

    /** All that a registration says of the key itself, in the order in which the management API describes it. */
    List<SpecField> fields();

    /**
     * Checks every field and builds the spec.
     *
     * @param values by the names of {@link #fields()}
     * @throws InvalidKeySpecException naming the first field that is unknown, missing or malformed
     */
    KeySpec parse(Map<String, String> values);
}
