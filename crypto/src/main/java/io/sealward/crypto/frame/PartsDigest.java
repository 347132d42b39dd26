package io.sealward.crypto.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Sums up the parts of an object, each by its length and its attempt. A seal part takes its salt from the sum, and so says
 * which attempts it seals in a frame that opens by itself. Equal sums make equal seals: no nonce seals two messages.
 */
final class PartsDigest {
    private static final byte[] NO_SALT = {};
    private static final byte[] INFO = "sealward v1 seal".getBytes(US_ASCII);

    private final MessageDigest sha256;

    PartsDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Takes the next part. */
    void add(long length, AttemptSalt salt) {
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, length));
        sha256.update(salt.bytes());
    }

    /** The salt of the seal over the parts so far. Called once. */
    AttemptSalt sealSalt(Dek dek) {
        byte[] digest = sha256.digest();
        byte[] info = Arrays.copyOf(INFO, INFO.length + digest.length);
        System.arraycopy(digest, 0, info, INFO.length, digest.length);
        return AttemptSalt.of(Arrays.copyOf(dek.derive(NO_SALT, info), AttemptSalt.BYTES));
    }
}
