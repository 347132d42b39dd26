package io.sealward.it.cloud.azure;

import java.util.Base64;

/** Key Vault's encoding of bytes in JSON (RFC 4648, 5, without padding). */
final class Base64Url {
    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
