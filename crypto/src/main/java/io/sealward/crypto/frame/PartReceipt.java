package io.sealward.crypto.frame;

import io.sealward.crypto.format.Format.Purpose;
import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Says which attempt at a part the store has acknowledged, and how long it is. The client carries it to Complete as a piece
 * of the part's ETag, so that neither has to be taken from the store. Holds no secret.
 */
public final class PartReceipt {
    /** Characters of a receipt: ASCII letters, digits, {@code - _}. */
    public static final int CHARACTERS = 32;

    private static final int TAG_BYTES = 12;

    private PartReceipt() {}

    static String of(Dek dek, int partNumber, long length, AttemptSalt salt) {
        byte[] receipt = ByteBuffer.allocate(AttemptSalt.BYTES + TAG_BYTES)
                .put(salt.bytes())
                .put(tag(dek, partNumber, length, salt))
                .array();
        return Base64.getUrlEncoder().encodeToString(receipt);
    }

    /**
     * Reads a receipt.
     *
     * @param length plaintext bytes that the part is said to have
     * @return empty if it is not a receipt for that part and length under this DEK
     */
    public static Optional<AttemptSalt> read(Dek dek, int partNumber, long length, String receipt) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(receipt);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (receipt.length() != CHARACTERS || bytes.length != AttemptSalt.BYTES + TAG_BYTES) {
            return Optional.empty();
        }
        AttemptSalt salt = AttemptSalt.of(bytes);
        byte[] tag = Arrays.copyOfRange(bytes, AttemptSalt.BYTES, bytes.length);
        return MessageDigest.isEqual(tag, tag(dek, partNumber, length, salt)) ? Optional.of(salt) : Optional.empty();
    }

    private static byte[] tag(Dek dek, int partNumber, long length, AttemptSalt salt) {
        byte[] part = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(partNumber)
                .putLong(length)
                .array();
        return Arrays.copyOf(dek.derive(Purpose.RECEIPT, salt.bytes(), part), TAG_BYTES);
    }
}
