package io.sealward.crypto.frame;

import java.util.OptionalLong;

/** Sealed lengths from plaintext lengths and back, in bytes. No bytes are read for it. */
public final class SealedLength {
    /** Plaintext bytes of a full frame. */
    public static final int FRAME_PLAINTEXT = 65_536;

    /** What sealing adds to each frame: header and tag. */
    public static final int FRAME_OVERHEAD = 48;

    /** Bytes of a full frame. */
    public static final int FRAME_SEALED = FRAME_PLAINTEXT + FRAME_OVERHEAD;

    /** The longest plaintext of a part and of an object: 64 TiB, far from the bounds of AES-GCM under one key. */
    public static final long MAX_PLAINTEXT = 1L << 46;

    /** The last part number of S3. */
    public static final int MAX_PARTS = 10_000;

    /** A shorter part can only be the last of its upload. */
    public static final long MIN_INNER_PART = 5L << 20;

    /**
     * A last part of this length and a number under 10,000 ends with two terminators: with one it would be as long as an
     * unterminated part of {@link #MIN_INNER_PART}, and ListParts could not tell which it is.
     */
    public static final long TWICE_TERMINATED = MIN_INNER_PART - FRAME_OVERHEAD;

    private SealedLength() {}

    /** Length of an object sealed by one PutObject, its terminator included. */
    public static long ofObject(long plaintext) {
        return ofData(plaintext) + FRAME_OVERHEAD;
    }

    /** Length of a part of a multipart upload, with its terminator if it carries one. */
    public static long ofPart(int partNumber, long plaintext) {
        return ofData(plaintext) + (terminated(partNumber, plaintext) ? terminators(partNumber, plaintext) : 0);
    }

    /** Whether UploadPart itself ends the object: the part can only be the last one. */
    public static boolean terminated(int partNumber, long plaintext) {
        requirePart(partNumber);
        requirePlaintext(plaintext);
        return plaintext < MIN_INNER_PART || partNumber == MAX_PARTS;
    }

    /**
     * The plaintext length of an object of one PutObject, or of a multipart upload whose parts bar the last are multiples
     * of 64 KiB; 0 of an object without a frame. Empty if no such object has this length.
     */
    public static OptionalLong objectToPlain(long sealed) {
        return sealed == 0 ? OptionalLong.of(0) : dataToPlain(sealed - FRAME_OVERHEAD);
    }

    /** The plaintext length of a part of a multipart upload. Empty if no such part has this length. */
    public static OptionalLong partToPlain(int partNumber, long sealed) {
        requirePart(partNumber);
        for (long end : new long[] {0, FRAME_OVERHEAD, 2 * FRAME_OVERHEAD}) {
            OptionalLong plain = dataToPlain(sealed - end);
            if (plain.isPresent() && ofPart(partNumber, plain.getAsLong()) == sealed) {
                return plain;
            }
        }
        return OptionalLong.empty();
    }

    /** Number of data frames. */
    public static long frameCount(long plaintext) {
        requirePlaintext(plaintext);
        return (plaintext + FRAME_PLAINTEXT - 1) / FRAME_PLAINTEXT;
    }

    /** Where, from the start of its part, the frame begins that holds this plaintext byte of the part. */
    public static long frameStart(long plaintextOffset) {
        requirePlaintext(plaintextOffset);
        return plaintextOffset / FRAME_PLAINTEXT * FRAME_SEALED;
    }

    /** Length of the data frames of so much plaintext. */
    static long ofData(long plaintext) {
        return plaintext + frameCount(plaintext) * FRAME_OVERHEAD;
    }

    /** Length of the terminators that end a multipart object whose last part has this length. */
    static long terminators(int lastPart, long length) {
        return twiceTerminated(lastPart, length) ? 2 * FRAME_OVERHEAD : FRAME_OVERHEAD;
    }

    static boolean twiceTerminated(int lastPart, long length) {
        return length == TWICE_TERMINATED && lastPart < MAX_PARTS;
    }

    private static OptionalLong dataToPlain(long sealed) {
        if (sealed < 0 || sealed > ofData(MAX_PLAINTEXT)) {
            return OptionalLong.empty();
        }
        long frames = (sealed + FRAME_SEALED - 1) / FRAME_SEALED;
        long plain = sealed - frames * FRAME_OVERHEAD;
        // a last frame without a byte of plaintext does not exist
        return plain >= 0 && ofData(plain) == sealed ? OptionalLong.of(plain) : OptionalLong.empty();
    }

    static void requirePart(int partNumber) {
        if (partNumber < 1 || partNumber > MAX_PARTS) {
            throw new IllegalArgumentException("part number " + partNumber + " is not within 1.." + MAX_PARTS);
        }
    }

    static void requirePlaintext(long plaintext) {
        if (plaintext < 0 || plaintext > MAX_PLAINTEXT) {
            throw new IllegalArgumentException("plaintext length " + plaintext + " is not within 0.." + MAX_PLAINTEXT);
        }
    }
}
