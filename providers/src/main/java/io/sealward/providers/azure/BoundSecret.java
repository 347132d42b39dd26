package io.sealward.providers.azure;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The plaintext that goes to Key Vault: the secret, then SHA-256 of its context. RSA-OAEP has no place for additional
 * authenticated data, so the context is encrypted with the secret and compared after decryption. At most 96 bytes, of the
 * 190 that RSA-2048 with OAEP-256 takes (RFC 8017, 7.1.1).
 */
final class BoundSecret {
    private static final int DIGEST_BYTES = 32;

    private BoundSecret() {}

    static byte[] bind(byte[] secret, WrapContext context) {
        byte[] bound = Arrays.copyOf(secret, secret.length + DIGEST_BYTES);
        System.arraycopy(digest(context), 0, bound, secret.length, DIGEST_BYTES);
        return bound;
    }

    /** @throws KmsException {@link KmsError#CORRUPT} if the secret was bound to another context, or to none */
    static byte[] release(byte[] bound, WrapContext context) {
        int secretBytes = bound.length - DIGEST_BYTES;
        if (secretBytes < 1
                || !MessageDigest.isEqual(Arrays.copyOfRange(bound, secretBytes, bound.length), digest(context))) {
            throw new KmsException(KmsError.CORRUPT, "The wrapped secret belongs to another context.");
        }
        return Arrays.copyOf(bound, secretBytes);
    }

    private static byte[] digest(WrapContext context) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(context.canonicalBytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
