package io.sealward.crypto.frame;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** The 96 random bits that set each PutObject and UploadPart attempt apart, so that no two share a key. */
public record AttemptSalt(long high, int low) {
    static final int BYTES = 12;

    static AttemptSalt random(SecureRandom random) {
        return new AttemptSalt(random.nextLong(), random.nextInt());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putInt(low).array();
    }
}
