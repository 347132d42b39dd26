package io.sealward.gateway.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to whoever shares the secret that a notice is from the gateway, and when it was sent: {@code t=SECONDS,v1=HEX}, where
 * HEX is the HMAC-SHA256 of the seconds, a dot and the body.
 */
record Signature(SecretKeySpec key) {
    static final String HEADER = "Sealward-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    static Signature by(String secret) {
        return new Signature(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
    }

    String of(byte[] body, Instant sentAt) {
        String seconds = Long.toString(sentAt.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((seconds + '.').getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Signature";
    }
}
