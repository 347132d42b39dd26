package io.sealward.crypto.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.format.Format.Purpose;
import io.sealward.crypto.key.Dek;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The checksum of an object's plaintext as it is kept in the object's metadata: sealed, since it tells of the plaintext, under
 * a key of the DEK, so that it goes with every copy.
 */
public final class SealedChecksum {
    /** Of the metadata field. Readers need not know it. */
    public static final String FIELD = ObjectSeal.PREFIX + "checksum";

    /** Of a checksum's text. */
    private static final int MAX_CHARACTERS = 100;

    private static final int SALT_BYTES = 16;
    private static final byte[] NONCE = new byte[AesGcm.NONCE_BYTES];
    private static final byte[] NOTHING = {};

    private SealedChecksum() {}

    /** The value of the field, for a checksum in ASCII of at most {@value #MAX_CHARACTERS} characters. */
    public static String seal(Dek dek, String checksum, SecureRandom random) {
        byte[] text = checksum.getBytes(US_ASCII);
        if (text.length > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a checksum of " + text.length + " characters");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] sealed = AesGcm.seal(key(dek, salt), NONCE, text);
        return Base64Text.encode(ByteBuffer.allocate(SALT_BYTES + sealed.length)
                .put(salt)
                .put(sealed)
                .array());
    }

    /** The checksum; empty if this is not one that was sealed under the DEK. */
    public static Optional<String> open(Dek dek, String field) {
        Optional<byte[]> sealed = Base64Text.decode(field)
                .filter(bytes -> bytes.length >= SALT_BYTES + AesGcm.TAG_BYTES
                        && bytes.length <= SALT_BYTES + MAX_CHARACTERS + AesGcm.TAG_BYTES);
        return sealed.flatMap(bytes -> open(dek, bytes));
    }

    private static Optional<String> open(Dek dek, byte[] sealed) {
        try {
            byte[] text = AesGcm.open(key(dek, Arrays.copyOf(sealed, SALT_BYTES)), NONCE, sealed, SALT_BYTES);
            return Optional.of(new String(text, US_ASCII));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private static SecretKeySpec key(Dek dek, byte[] salt) {
        byte[] key = dek.derive(Purpose.CHECKSUM, salt, NOTHING);
        try {
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
