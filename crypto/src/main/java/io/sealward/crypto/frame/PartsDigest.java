package io.sealward.crypto.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Sums up the parts of an object: by their lengths, and by lengths and attempts. A seal part takes half of its salt from
 * each sum, and so says what it seals in a frame that opens by itself: a reader of a range, who knows the lengths, checks
 * the one half, and who reads all parts checks both. Equal sums make equal seals: no nonce seals two messages.
 */
final class PartsDigest {
    private static final int HALF = AttemptSalt.BYTES / 2;
    private static final byte[] NO_SALT = {};
    private static final byte[] LENGTHS = "sealward v1 lengths".getBytes(US_ASCII);
    private static final byte[] HEADS = "sealward v1 seal".getBytes(US_ASCII);

    private final MessageDigest lengths = sha256();
    private final MessageDigest heads = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes the next part. */
    void add(long length, AttemptSalt salt) {
        byte[] number = bytes(length);
        lengths.update(number);
        heads.update(number);
        heads.update(salt.bytes());
    }

    /** The salt of the seal over the parts so far. Called once. */
    AttemptSalt sealSalt(Dek dek) {
        byte[] salt = Arrays.copyOf(half(dek, LENGTHS, lengths), AttemptSalt.BYTES);
        System.arraycopy(half(dek, HEADS, heads), 0, salt, HALF, HALF);
        return AttemptSalt.of(salt);
    }

    /** Whether a seal with that salt can be over parts of these lengths, whatever the attempts. */
    static boolean sealsLengths(Dek dek, PartLayout parts, AttemptSalt salt) {
        MessageDigest lengths = sha256();
        for (int part = 1; part <= parts.partCount(); part++) {
            lengths.update(bytes(parts.lengthOf(part)));
        }
        return Arrays.equals(Arrays.copyOf(salt.bytes(), HALF), half(dek, LENGTHS, lengths));
    }

    private static byte[] half(Dek dek, byte[] name, MessageDigest sum) {
        byte[] digest = sum.digest();
        byte[] info = Arrays.copyOf(name, name.length + digest.length);
        System.arraycopy(digest, 0, info, name.length, digest.length);
        return Arrays.copyOf(dek.derive(NO_SALT, info), HALF);
    }

    private static byte[] bytes(long length) {
        return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
    }
}
