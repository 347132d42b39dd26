package io.sealward.crypto.algorithm;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM with a nonce of 96 bits and a tag of 128 (NIST SP 800-38D). */
public final class AesGcm {
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    /** The first that has it, so that a faster one can be put before the JDK's own; asked for once. */
    private static final Provider PROVIDER = provider();

    private AesGcm() {}

    private static Provider provider() {
        try {
            return Cipher.getInstance(TRANSFORMATION).getProvider();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** A cipher that is yet to be initialized. For one thread at a time, and for many messages. */
    public static Cipher cipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION, PROVIDER);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** The nonce of one message, for {@link Cipher#init}: {@link #NONCE_BYTES} of {@code bytes}, copied. */
    public static AlgorithmParameterSpec nonce(byte[] bytes, int offset) {
        return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, bytes, offset, NONCE_BYTES);
    }

    /**
     * Encrypts one message.
     *
     * @param nonce of no other message under this key, in its first {@link #NONCE_BYTES} bytes
     * @param additional what is authenticated with it, in this order
     * @return ciphertext and tag
     */
    public static byte[] seal(SecretKey key, byte[] nonce, byte[] plaintext, byte[]... additional) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, key, nonce, additional).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /**
     * Decrypts one message.
     *
     * @param sealed holds ciphertext and tag from {@code offset} to its end
     * @throws AEADBadTagException if the key, the nonce or what is authenticated is another, or the message was changed
     */
    public static byte[] open(SecretKey key, byte[] nonce, byte[] sealed, int offset, byte[]... additional)
            throws AEADBadTagException {
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, additional).doFinal(sealed, offset, sealed.length - offset);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** What to throw where the platform refuses what it must be able to do. */
    public static IllegalStateException unavailable(GeneralSecurityException cause) {
        return new IllegalStateException("this JVM cannot do AES-256-GCM", cause);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[][] additional)
            throws GeneralSecurityException {
        Cipher cipher = cipher();
        cipher.init(mode, key, nonce(nonce, 0));
        for (byte[] piece : additional) {
            cipher.updateAAD(piece);
        }
        return cipher;
    }
}
