package io.sealward.crypto.frame;

import static io.sealward.crypto.format.Format.V1;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import java.security.SecureRandom;
import java.util.List;

/** Seal parts, also such as say what no writer would. */
public final class SealParts {
    private SealParts() {}

    /** Over parts of which the writer knows the attempts. */
    public static byte[] of(Dek dek, boolean equal, int partNumber, long total, List<byte[]> parts)
            throws SealException {
        PartsDigest digest = new PartsDigest();
        for (byte[] part : parts) {
            FrameHeader header = FrameHeader.parse(V1, part, 0);
            digest.add(header.length(), header.salt());
        }
        return PartSealer.sealPart(dek, Kind.seal(equal, true), partNumber, total, digest.sealSalt(dek));
    }

    /** The receipt of a part. */
    public static String receipt(Dek dek, byte[] part) throws SealException {
        FrameHeader header = FrameHeader.parse(V1, part, 0);
        return PartReceipt.of(dek, header.partNumber(), header.length(), header.salt());
    }

    /** Over parts of which it does not. */
    public static byte[] loose(Dek dek, boolean equal, int partNumber, long total, SecureRandom random) {
        return PartSealer.sealPart(dek, Kind.seal(equal, false), partNumber, total, AttemptSalt.random(random));
    }
}
