package io.sealward.crypto.key;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA256 (RFC 5869) for one block of output, which is all the format asks for. */
final class Hkdf {
    static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private Hkdf() {}

    /** An info string that ends in SHA-256 of what the derived key is bound to. */
    static byte[] bound(byte[] info, byte[] binding) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(binding);
            byte[] bound = Arrays.copyOf(info, info.length + digest.length);
            System.arraycopy(digest, 0, bound, info.length, digest.length);
            return bound;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static byte[] sha256(byte[] inputKey, byte[] salt, byte[] info) {
        byte[] pseudoRandomKey = null;
        try {
            Mac mac = Mac.getInstance(HMAC);
            // RFC 5869: an absent salt is a block of zeros
            mac.init(new SecretKeySpec(salt.length == 0 ? new byte[BYTES] : salt, HMAC));
            pseudoRandomKey = mac.doFinal(inputKey);
            mac.init(new SecretKeySpec(pseudoRandomKey, HMAC));
            mac.update(info);
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        } finally {
            if (pseudoRandomKey != null) {
                Arrays.fill(pseudoRandomKey, (byte) 0);
            }
        }
    }
}
