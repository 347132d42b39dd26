package io.sealward.crypto.algorithm;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA256 (RFC 5869) for one block of output, 32 bytes, which is all that is asked of it here. */
public final class Hkdf {
    private static final int BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    /** Copied for each use, which is a third of the price of asking the providers for another. */
    private static final Mac PATTERN = pattern();

    private Hkdf() {}

    private static Mac pattern() {
        try {
            return (Mac) Mac.getInstance(HMAC).clone(); // which also settles the provider
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }

    /**
     * Derives a key.
     *
     * @param salt none if empty
     * @return 32 bytes that belong to the caller
     */
    public static byte[] sha256(byte[] inputKey, byte[] salt, byte[] info) {
        byte[] pseudoRandomKey = {};
        try {
            Mac mac = (Mac) PATTERN.clone();
            // RFC 5869: an absent salt is a block of zeros
            mac.init(new SecretKeySpec(salt.length == 0 ? new byte[BYTES] : salt, HMAC));
            pseudoRandomKey = mac.doFinal(inputKey);
            mac.init(new SecretKeySpec(pseudoRandomKey, HMAC));
            mac.update(info);
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        } finally {
            Arrays.fill(pseudoRandomKey, (byte) 0);
        }
    }
}
