package io.sealward.crypto.algorithm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** A digest that takes its bytes piece by piece. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes of the digest. */
    public static byte[] of(byte[] data) {
        return begin().digest(data);
    }

    /** The digest as 64 lower-case hex digits. */
    public static String hex(byte[] data) {
        return HexFormat.of().formatHex(of(data));
    }
}
