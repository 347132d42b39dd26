package io.sealward.providers;

import io.sealward.crypto.algorithm.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The plaintext that goes to a KMS which has no place for additional authenticated data: the secret, then SHA-256 of its
 * context, which is so encrypted with the secret and compared after decryption. At most 96 bytes, of the 190 that RSA-2048
 * with OAEP-256 takes (RFC 8017, 7.1.1).
 */
public final class BoundSecret {
    private static final int DIGEST_BYTES = 32;

    private BoundSecret() {}

    /** A new array, which the caller owns and should wipe. */
    public static byte[] bind(byte[] secret, WrapContext context) {
        byte[] bound = Arrays.copyOf(secret, secret.length + DIGEST_BYTES);
        System.arraycopy(digest(context), 0, bound, secret.length, DIGEST_BYTES);
        return bound;
    }

    /**
     * The secret out of what {@link #bind} made, in an array that the caller owns.
     *
     * @throws KmsException {@link KmsError#CORRUPT} if the secret was bound to another context, or to none
     */
    public static byte[] release(byte[] bound, WrapContext context) {
        int secretBytes = bound.length - DIGEST_BYTES;
        if (secretBytes < 1
                || !MessageDigest.isEqual(Arrays.copyOfRange(bound, secretBytes, bound.length), digest(context))) {
            throw new KmsException(KmsError.CORRUPT, "The wrapped secret belongs to another context.");
        }
        return Arrays.copyOf(bound, secretBytes);
    }

    private static byte[] digest(WrapContext context) {
        return Sha256.of(context.canonicalBytes());
    }
}
