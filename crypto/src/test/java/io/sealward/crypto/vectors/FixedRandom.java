package io.sealward.crypto.vectors;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** The same bytes on every run: vectors are made again and compared. */
final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final int seed;
    private int counter;

    FixedRandom(String seed) {
        this.seed = seed.hashCode();
    }

    @Override
    public void nextBytes(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (int at = 0; at < bytes.length; at += 32) {
                byte[] block = sha256.digest(
                        ByteBuffer.allocate(8).putInt(seed).putInt(counter++).array());
                System.arraycopy(block, 0, bytes, at, Math.min(32, bytes.length - at));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
