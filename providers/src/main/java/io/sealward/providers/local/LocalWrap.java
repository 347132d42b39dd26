package io.sealward.providers.local;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The bytes of a locally wrapped secret: a format byte (1), the key's version (four bytes, big-endian), a random nonce of
 * 12 bytes, then AES-256-GCM's ciphertext and 16-byte tag. The first five bytes and the context are authenticated with it.
 * Random nonces bound one version to 2^32 wraps (NIST SP 800-38D, 8.3).
 */
final class LocalWrap {
    private static final byte FORMAT = 1;
    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int OVERHEAD_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;

    private LocalWrap() {}

    static byte[] seal(SecretKey key, int version, byte[] secret, WrapContext context) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        ByteBuffer out = ByteBuffer.allocate(OVERHEAD_BYTES + secret.length);
        out.put(FORMAT).putInt(version).put(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, out.array(), context);
        cipher.doFinal(ByteBuffer.wrap(secret), out);
        return out.array();
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

    static byte[] open(SecretKey key, byte[] wrapped, WrapContext context) throws GeneralSecurityException {
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, wrapped, context);
        try {
            int start = HEAD_BYTES + NONCE_BYTES;
            return cipher.doFinal(wrapped, start, wrapped.length - start);
        } catch (AEADBadTagException forged) {
            throw new KmsException(
                    KmsError.CORRUPT, "The wrapped secret was changed, or belongs to another object.", forged);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] wrapped, WrapContext context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, wrapped, HEAD_BYTES, NONCE_BYTES));
        cipher.updateAAD(wrapped, 0, HEAD_BYTES);
        cipher.updateAAD(context.canonicalBytes());
        return cipher;
    }
}
