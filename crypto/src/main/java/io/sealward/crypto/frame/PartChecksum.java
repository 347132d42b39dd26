package io.sealward.crypto.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.format.Format.Purpose;
import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Says which checksum the plaintext of a part was verified by. The client carries it to Complete behind the part's receipt,
 * so that the checksum of the whole object can be told from those of its parts. Holds what the client has sent.
 */
public final class PartChecksum {
    private static final int TAG_BYTES = 12;
    private static final byte[] NO_SALT = {};

    private PartChecksum() {}

    /**
     * What to tell the client: ASCII letters, digits, {@code - _}.
     *
     * @param receipt of the part
     * @param checksum in ASCII
     */
    public static String of(Dek dek, String receipt, String checksum) {
        byte[] text = checksum.getBytes(US_ASCII);
        return spelt(ByteBuffer.allocate(TAG_BYTES + text.length)
                .put(tag(dek, receipt, text))
                .put(text)
                .array());
    }

    private static String spelt(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The checksum; empty if it is not one of that receipt under this DEK. */
    public static Optional<String> read(Dek dek, String receipt, String told) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(told);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length < TAG_BYTES || !spelt(bytes).equals(told)) {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
        return MessageDigest.isEqual(Arrays.copyOf(bytes, TAG_BYTES), tag(dek, receipt, text))
                ? Optional.of(new String(text, US_ASCII))
                : Optional.empty();
    }

    private static byte[] tag(Dek dek, String receipt, byte[] text) {
        byte[] of = receipt.getBytes(US_ASCII);
        byte[] part =
                ByteBuffer.allocate(of.length + text.length).put(of).put(text).array();
        return Arrays.copyOf(dek.derive(Purpose.CHECKSUM, NO_SALT, part), TAG_BYTES);
    }
}
