package io.sealward.crypto.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * The 256-bit data encryption key of one object. Its bytes never leave this package; everything else works with keys
 * derived from it. Safe for use by several threads.
 */
public final class Dek implements Destroyable {
    static final int BYTES = 32;

    private static final byte[] NO_SALT = {};
    private static final byte[] COMMIT = "sealward v1 commit".getBytes(US_ASCII);

    private final byte[] bytes;
    private boolean destroyed;

    private Dek(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh key. */
    public static Dek generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Dek(bytes);
    }

    static Dek takeOwnershipOf(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a DEK has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Dek(bytes);
    }

    /**
     * HKDF-SHA256 of this key.
     *
     * @return 32 bytes that belong to the caller
     * @throws IllegalStateException if destroyed
     */
    public synchronized byte[] derive(byte[] salt, byte[] info) {
        requireAlive();
        return Hkdf.sha256(bytes, salt, info);
    }

    /**
     * 32 bytes that commit to this key and to its place, and reveal nothing of the key; they stand next to the sealed DEK
     * in clear. AES-GCM alone would let one ciphertext open under two keys.
     *
     * @param binding what describes the place
     */
    public byte[] commitment(byte[] binding) {
        return derive(NO_SALT, Hkdf.bound(COMMIT, binding));
    }

    /** Locked against {@link #destroy}: a key wiped half way through would seal under zeros. */
    synchronized byte[] copyOfBytes() {
        requireAlive();
        return bytes.clone();
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the data key is destroyed");
        }
    }

    @Override
    public synchronized void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "Dek";
    }
}
