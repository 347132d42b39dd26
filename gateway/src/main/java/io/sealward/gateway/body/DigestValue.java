package io.sealward.gateway.body;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A digest as a client writes it. */
final class DigestValue {
    private DigestValue() {}

    /** Lower-case hex of a Base64 value; empty if it is not Base64 of so many bytes. */
    static Optional<String> toHex(String base64, int length) {
        try {
            byte[] value = Base64.getDecoder().decode(base64);
            return value.length == length ? Optional.of(HexFormat.of().formatHex(value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
