package io.sealward.gateway.registry.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.Sha256;
import java.security.SecureRandom;

/** Random ids and secrets of letters and digits. */
final class Tokens {
    private static final String ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = ALPHANUMERIC.substring(0, 36);
    private static final int ID_LENGTH = 24;
    private static final int ACCESS_KEY_LENGTH = 20;
    /** As long as those of AWS, which some clients check: 238 bits. */
    private static final int SECRET_KEY_LENGTH = 40;
    /** 256 bits. */
    private static final int ADMIN_SECRET_LENGTH = 43;

    private final SecureRandom random = new SecureRandom();

    String id(String prefix) {
        return prefix + text(ALPHANUMERIC, ID_LENGTH);
    }

    String accessKeyId() {
        return "SW" + text(UPPERCASE, ACCESS_KEY_LENGTH - 2);
    }

    String secretAccessKey() {
        return text(ALPHANUMERIC, SECRET_KEY_LENGTH);
    }

    String adminSecret() {
        return text(ALPHANUMERIC, ADMIN_SECRET_LENGTH);
    }

    /** Plain SHA-256 is enough for what has 256 bits of entropy: there is no dictionary to slow down. */
    static byte[] sha256(String token) {
        return Sha256.of(token.getBytes(UTF_8));
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
