package io.sealward.crypto.frame;

import io.sealward.crypto.algorithm.Sha256;
import io.sealward.crypto.format.Format.Purpose;
import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Sums up the parts of an object: by their lengths, and by lengths and attempts. A seal part takes half of its salt from
 * each sum, and so says what it seals in a frame that opens by itself: a reader of a range, who knows the lengths, checks
 * the one half, and who reads all parts checks both. Equal sums make equal seals: no nonce seals two messages.
 */
final class PartsDigest {
    private static final int HALF = AttemptSalt.BYTES / 2;
    private static final byte[] NO_SALT = {};

    private final MessageDigest lengths = Sha256.begin();
    private final MessageDigest heads = Sha256.begin();

    /** Takes the next part. */
    void add(long length, AttemptSalt salt) {
        byte[] number = bytes(length);
        lengths.update(number);
        heads.update(number);
        heads.update(salt.bytes());
    }

    /** The salt of the seal over the parts so far. Called once. */
    AttemptSalt sealSalt(Dek dek) {
        byte[] salt = Arrays.copyOf(half(dek, Purpose.LENGTHS, lengths), AttemptSalt.BYTES);
        System.arraycopy(half(dek, Purpose.SEAL, heads), 0, salt, HALF, HALF);
        return AttemptSalt.of(salt);
    }

    /** Whether a seal with that salt can be over parts of these lengths, whatever the attempts. */
    static boolean sealsLengths(Dek dek, PartLayout parts, AttemptSalt salt) {
        MessageDigest lengths = Sha256.begin();
        for (int part = 1; part <= parts.partCount(); part++) {
            lengths.update(bytes(parts.lengthOf(part)));
        }
        return Arrays.equals(Arrays.copyOf(salt.bytes(), HALF), half(dek, Purpose.LENGTHS, lengths));
    }

    private static byte[] half(Dek dek, Purpose purpose, MessageDigest sum) {
        return Arrays.copyOf(dek.derive(purpose, NO_SALT, sum.digest()), HALF);
    }

    private static byte[] bytes(long length) {
        return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
    }
}
