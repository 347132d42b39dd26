package io.sealward.crypto.frame;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** The 96 bits that set each attempt at an object or a part apart, so that no two share a key. */
public record AttemptSalt(long high, int low) {
    static final int BYTES = 12;

    static AttemptSalt random(SecureRandom random) {
        return new AttemptSalt(random.nextLong(), random.nextInt());
    }

    static AttemptSalt of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new AttemptSalt(in.getLong(), in.getInt());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putInt(low).array();
    }
}
