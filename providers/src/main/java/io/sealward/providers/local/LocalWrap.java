package io.sealward.providers.local;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;

/**
 * The bytes of a locally wrapped secret: a format byte (1), the key's version (four bytes, big-endian), a random nonce of
 * 12 bytes, then AES-256-GCM's ciphertext and 16-byte tag. The first five bytes and the context are authenticated with it.
 * Random nonces bound one version to 2^32 wraps (NIST SP 800-38D, 8.3).
 */
final class LocalWrap {
    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final int OVERHEAD_BYTES = HEAD_BYTES + AesGcm.NONCE_BYTES + AesGcm.TAG_BYTES;

    private LocalWrap() {}

    static byte[] seal(SecretKey key, int version, byte[] secret, WrapContext context) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] head =
                ByteBuffer.allocate(HEAD_BYTES).put(FORMAT).putInt(version).array();
        return ByteBuffer.allocate(OVERHEAD_BYTES + secret.length)
                .put(head)
                .put(nonce)
                .put(AesGcm.seal(key, nonce, secret, head, context.canonicalBytes()))
                .array();
    }

    /** The version that a wrapped secret claims; nothing is verified yet. */
    static int version(byte[] wrapped) {
        if (wrapped.length <= OVERHEAD_BYTES
                || wrapped.length > OVERHEAD_BYTES + Kek.MAX_SECRET_BYTES
                || wrapped[0] != FORMAT) {
            throw new KmsException(KmsError.CORRUPT, "These bytes are no secret that a local key wrapped.");
        }
        return ByteBuffer.wrap(wrapped).getInt(1);
    }

    static byte[] open(SecretKey key, byte[] wrapped, WrapContext context) {
        byte[] head = Arrays.copyOf(wrapped, HEAD_BYTES);
        int start = HEAD_BYTES + AesGcm.NONCE_BYTES;
        byte[] nonce = Arrays.copyOfRange(wrapped, HEAD_BYTES, start);
        try {
            return AesGcm.open(key, nonce, wrapped, start, head, context.canonicalBytes());
        } catch (AEADBadTagException forged) {
            throw new KmsException(
                    KmsError.CORRUPT, "The wrapped secret was changed, or belongs to another object.", forged);
        }
    }
}
