package io.sealward.crypto.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code salt(16) || AES-256-GCM(HKDF(W, salt, SHA-256(binding)), nonce 0, DEK)}: a key for one DEK in one place, used once.
 * It opens nowhere else, and the commitment beside it keeps whoever knows W from making one that does.
 */
public final class SealedDek {
    public static final int BYTES = 64;

    static final int SALT_BYTES = 16;

    private static final int TAG_BITS = 128;
    private static final int NONCE_BYTES = 12;
    private static final byte[] INFO = "sealward v1 dek".getBytes(US_ASCII);

    private SealedDek() {}

    static byte[] info(byte[] binding) {
        return Hkdf.bound(INFO, binding);
    }

    static byte[] seal(byte[] key, byte[] salt, Dek dek) {
        byte[] plain = dek.copyOfBytes();
        try {
            byte[] sealed = Arrays.copyOf(salt, BYTES);
            cipher(Cipher.ENCRYPT_MODE, key).doFinal(plain, 0, plain.length, sealed, SALT_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    static Dek open(byte[] key, byte[] sealed) throws SealException {
        try {
            return Dek.takeOwnershipOf(
                    cipher(Cipher.DECRYPT_MODE, key).doFinal(sealed, SALT_BYTES, BYTES - SALT_BYTES));
        } catch (AEADBadTagException e) {
            throw new SealException.WrongKey("the data key does not open with this secret in this place");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM cannot do AES-256-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static Cipher cipher(int mode, byte[] key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, new byte[NONCE_BYTES]));
        return cipher;
    }
}
