package io.sealward.crypto.key;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.format.Format;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code salt(16) || AES-256-GCM(HKDF(W, salt, SHA-256(binding)), nonce 0, DEK)}: a key for one DEK in one place, used once.
 * It opens nowhere else, and the commitment beside it keeps whoever knows W from making one that does.
 */
public final class SealedDek {
    public static final int BYTES = 64;

    static final int SALT_BYTES = 16;

    private static final byte[] NONCE = new byte[AesGcm.NONCE_BYTES];

    private SealedDek() {}

    static byte[] seal(byte[] key, byte[] salt, Dek dek) {
        byte[] plain = dek.copyOfBytes();
        try {
            return ByteBuffer.allocate(BYTES)
                    .put(salt)
                    .put(AesGcm.seal(new SecretKeySpec(key, "AES"), NONCE, plain))
                    .array();
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    static Dek open(byte[] key, byte[] sealed, Format format) throws SealException {
        try {
            return Dek.takeOwnershipOf(AesGcm.open(new SecretKeySpec(key, "AES"), NONCE, sealed, SALT_BYTES), format);
        } catch (AEADBadTagException e) {
            throw new SealException.WrongKey("the data key does not open with this secret in this place");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
