package io.sealward.crypto.key;

import io.sealward.crypto.algorithm.Hkdf;
import io.sealward.crypto.algorithm.Sha256;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Format.Purpose;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * The 256-bit secret W that the tenant's KMS wraps and that in turn seals DEKs: one of an object, or one of many. Safe
 * for use by several threads.
 */
public final class WrappingSecret implements Destroyable {
    public static final int BYTES = 32;

    private final byte[] bytes;
    private boolean destroyed;

    private WrappingSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh secret. */
    public static WrappingSecret generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new WrappingSecret(bytes);
    }

    /**
     * A secret as it came back from the KMS.
     *
     * @param bytes 32 bytes as the KMS unwrapped them; not copied, wiped by {@link #destroy}
     * @throws IllegalArgumentException if there are not 32 of them
     */
    public static WrappingSecret takeOwnershipOf(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a wrapping secret has " + BYTES + " bytes, not " + bytes.length);
        }
        return new WrappingSecret(bytes);
    }

    /**
     * A copy for the KMS to wrap; the caller wipes it.
     *
     * @throws IllegalStateException if destroyed
     */
    public synchronized byte[] bytes() {
        requireAlive();
        return bytes.clone();
    }

    /**
     * Seals a DEK for the place that {@code binding} describes.
     *
     * @param binding opens only with the very same bytes
     * @return {@link SealedDek#BYTES} bytes
     */
    public byte[] seal(Dek dek, byte[] binding, SecureRandom random) {
        byte[] salt = new byte[SealedDek.SALT_BYTES];
        random.nextBytes(salt);
        return SealedDek.seal(derive(salt, Sha256.of(binding), dek.format()), salt, dek);
    }

    /**
     * Opens what {@link #seal} made, and compares the DEK with its commitment in constant time.
     *
     * @param format the version of the DEK
     * @param commitment {@link Dek#commitment} for the same binding
     * @throws SealException.WrongKey if it was sealed with another secret or another binding, was changed, or is not the
     *     DEK committed to
     * @throws SealException.Malformed if it is not {@link SealedDek#BYTES} bytes
     */
    public Dek open(Format format, byte[] sealedDek, byte[] commitment, byte[] binding) throws SealException {
        if (sealedDek.length != SealedDek.BYTES) {
            throw new SealException.Malformed(
                    "a sealed data key has " + SealedDek.BYTES + " bytes, not " + sealedDek.length);
        }
        byte[] salt = Arrays.copyOf(sealedDek, SealedDek.SALT_BYTES);
        byte[] place = Sha256.of(binding);
        Dek dek = SealedDek.open(derive(salt, place, format), sealedDek, format);
        if (!MessageDigest.isEqual(dek.commitmentTo(place), commitment)) {
            dek.destroy();
            throw new SealException.WrongKey("another data key was committed to");
        }
        return dek;
    }

    private synchronized byte[] derive(byte[] salt, byte[] place, Format format) {
        requireAlive();
        return Hkdf.sha256(bytes, salt, format.info(Purpose.DEK, place));
    }

    private void requireAlive() {
        if (destroyed) {
            throw new IllegalStateException("the wrapping secret is destroyed");
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
        return "WrappingSecret";
    }
}
