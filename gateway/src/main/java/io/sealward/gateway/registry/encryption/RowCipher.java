package io.sealward.gateway.registry.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.algorithm.Hkdf;
import io.sealward.gateway.registry.database.RegistryException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts single columns with AES-256-GCM under keys derived from the registry's secrets (HKDF-SHA256, RFC 5869): always
 * under the first, and opens what is under any. A nonce of 12 random bytes stands before the ciphertext; the additional
 * data names the row, so a value moved to another row does not open. Thread-safe.
 */
public final class RowCipher {
    private static final byte[] NO_SALT = {};
    private static final byte[] INFO = "sealward registry columns v1".getBytes(UTF_8);

    private final List<SecretKey> keys;
    private final SecureRandom random = new SecureRandom();

    /** @param secrets the one to encrypt with, and behind it former ones */
    public RowCipher(List<byte[]> secrets) {
        keys = secrets.stream().map(RowCipher::key).toList();
    }

    private static SecretKey key(byte[] secret) {
        byte[] bytes = Hkdf.sha256(secret, NO_SALT, INFO);
        try {
            return new SecretKeySpec(bytes, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The row is the table's name and the row's identity in it. */
    public byte[] seal(byte[] plaintext, String... row) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] ciphertext = AesGcm.seal(keys.get(0), nonce, plaintext, additional(row));
        return ByteBuffer.allocate(nonce.length + ciphertext.length)
                .put(nonce)
                .put(ciphertext)
                .array();
    }

    /**
     * Opens a value.
     *
     * @throws RegistryException WRONG_SECRET if it is under none of the keys, or was changed or moved
     */
    public byte[] open(byte[] sealed, String... row) {
        return find(sealed, row)
                .orElseThrow(() -> new RegistryException(
                        RegistryException.Reason.WRONG_SECRET,
                        String.join(" ", row)
                                + " was encrypted under another key than the registry's, or was changed"));
    }

    /** As {@link #open}; empty if none of the keys opens it. */
    public Optional<byte[]> find(byte[] sealed, String... row) {
        return keys.stream()
                .flatMap(key -> openUnder(key, sealed, row).stream())
                .findFirst();
    }

    /** Whether it is under the key that encrypts today. */
    boolean isCurrent(byte[] sealed, String... row) {
        return openUnder(keys.get(0), sealed, row).isPresent();
    }

    private static Optional<byte[]> openUnder(SecretKey key, byte[] sealed, String[] row) {
        if (sealed.length < AesGcm.NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(AesGcm.open(key, sealed, sealed, AesGcm.NONCE_BYTES, additional(row)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    /** Each part behind its length, so that no two rows have the same. */
    private static byte[] additional(String[] row) {
        byte[][] parts = Arrays.stream(row).map(part -> part.getBytes(UTF_8)).toArray(byte[][]::new);
        ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts)
                .mapToInt(part -> Integer.BYTES + part.length)
                .sum());
        for (byte[] part : parts) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }
}
