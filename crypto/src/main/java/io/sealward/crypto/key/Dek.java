package io.sealward.crypto.key;

import static java.util.Objects.requireNonNull;

import io.sealward.crypto.algorithm.Hkdf;
import io.sealward.crypto.algorithm.Sha256;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Format.Purpose;
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

    private final Format format;
    private final byte[] bytes;
    private boolean destroyed;

    private Dek(Format format, byte[] bytes) {
        this.format = requireNonNull(format, "format");
        this.bytes = bytes;
    }

    /** A fresh key of the version that is written. */
    public static Dek generate(SecureRandom random) {
        return generate(Format.WRITTEN, random);
    }

    /** A fresh key. */
    public static Dek generate(Format format, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Dek(format, bytes);
    }

    static Dek takeOwnershipOf(byte[] bytes, Format format) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a DEK has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Dek(format, bytes);
    }

    /** The version of all that is sealed under this key. */
    public Format format() {
        return format;
    }

    /**
     * Another holder of the same key, destroyed apart from this one: to seal it for a second place.
     *
     * @throws IllegalStateException if destroyed
     */
    public Dek copy() {
        return new Dek(format, copyOfBytes());
    }

    /**
     * HKDF-SHA256 of this key.
     *
     * @param salt none if empty
     * @param bound what the derived key is bound to, beside the purpose and the version
     * @return 32 bytes that belong to the caller
     * @throws IllegalStateException if destroyed
     */
    public synchronized byte[] derive(Purpose purpose, byte[] salt, byte[] bound) {
        requireAlive();
        return Hkdf.sha256(bytes, salt, format.info(purpose, bound));
    }

    /**
     * 32 bytes that commit to this key and to its place, and reveal nothing of the key; they stand next to the sealed DEK
     * in clear. AES-GCM alone would let one ciphertext open under two keys.
     *
     * @param binding what describes the place
     */
    public byte[] commitment(byte[] binding) {
        return commitmentTo(Sha256.of(binding));
    }

    /** @param hash SHA-256 of the binding */
    byte[] commitmentTo(byte[] hash) {
        return derive(Purpose.COMMIT, NO_SALT, hash);
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
