package io.sealward.providers.pkcs11;

import io.sealward.providers.Kek;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The bytes of a secret that a token wrapped: a format byte (1), a random nonce of 12 bytes, then AES-256-GCM's ciphertext and
 * 16-byte tag. The format byte and the context are authenticated with it. Random nonces bound one key to 2^32 wraps
 * (NIST SP 800-38D, 8.3). The cipher is the token's own.
 */
final class TokenWrap {
    static final String CIPHER = "AES/GCM/NoPadding";

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEAD_BYTES = 1 + NONCE_BYTES;
    private static final int TAG_BYTES = 16;

    private TokenWrap() {}

    static byte[] seal(Provider token, SecretKey key, byte[] secret, WrapContext context)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, token, key, nonce, context);
        byte[] sealed = cipher.doFinal(secret);
        return ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws AEADBadTagException if the tag does not fit; and for what is no tag's fault, as SunPKCS11 and some libraries take
     *     CKR_GENERAL_ERROR for one
     */
    static byte[] open(Provider token, SecretKey key, byte[] wrapped, WrapContext context)
            throws GeneralSecurityException {
        if (wrapped.length <= HEAD_BYTES + TAG_BYTES
                || wrapped.length > HEAD_BYTES + Kek.MAX_SECRET_BYTES + TAG_BYTES
                || wrapped[0] != FORMAT) {
            throw new KmsException(KmsError.CORRUPT, "These bytes are no secret that a token wrapped.");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        System.arraycopy(wrapped, 1, nonce, 0, NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, token, key, nonce, context)
                    .doFinal(wrapped, HEAD_BYTES, wrapped.length - HEAD_BYTES);
        } catch (IllegalBlockSizeException | ProviderException refused) {
            if (TokenFaults.ofCiphertext(refused)) {
                throw (AEADBadTagException) new AEADBadTagException().initCause(refused);
            }
            throw refused;
        }
    }

    private static Cipher cipher(int mode, Provider token, SecretKey key, byte[] nonce, WrapContext context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER, token);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(new byte[] {FORMAT});
        cipher.updateAAD(context.canonicalBytes());
        return cipher;
    }
}
