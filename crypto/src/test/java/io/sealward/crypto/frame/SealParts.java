package io.sealward.crypto.frame;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import java.security.SecureRandom;

/** Seal parts that say what no writer would. */
public final class SealParts {
    private SealParts() {}

    public static byte[] equal(Dek dek, int partNumber, long total, SecureRandom random) {
        return PartSealer.sealPart(dek, Kind.SEAL, partNumber, total, random);
    }

    public static byte[] unequal(Dek dek, int partNumber, long total, SecureRandom random) {
        return PartSealer.sealPart(dek, Kind.SEAL_UNEQUAL, partNumber, total, random);
    }
}
