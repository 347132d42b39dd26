package io.sealward.crypto.seal;

import java.util.Base64;
import java.util.Optional;

/** Base64url without padding (RFC 4648, section 5), in its one canonical form. */
final class Base64Text {
    private Base64Text() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return encode(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
