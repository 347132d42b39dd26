package io.sealward.crypto.format;

import java.util.OptionalLong;

/**
 * The lengths of a version's frames and parts, in bytes, and sealed lengths from plaintext lengths and back. No bytes are
 * read for it.
 *
 * @param framePlaintext plaintext of a full frame
 * @param frameOverhead what sealing adds to each frame: header and tag
 * @param maxPlaintext the longest plaintext of a part and of an object, far from the bounds of AES-GCM under one key
 * @param maxParts the last part number of S3
 * @param minInnerPart a shorter part can only be the last of its upload
 */
public record Geometry(int framePlaintext, int frameOverhead, long maxPlaintext, int maxParts, long minInnerPart) {
    /** Bytes of a full frame. */
    public int frameSealed() {
        return framePlaintext + frameOverhead;
    }

    /**
     * A last part of this length and a number under {@link #maxParts} ends with two terminators: with one it would be as
     * long as an unterminated part of {@link #minInnerPart}, and ListParts could not tell which it is.
     */
    public long twiceTerminatedLength() {
        return minInnerPart - frameOverhead;
    }

    /** Length of an object sealed by one PutObject, its terminator included. */
    public long ofObject(long plaintext) {
        return ofData(plaintext) + frameOverhead;
    }

    /** Length of a part of a multipart upload, with its terminator if it carries one. */
    public long ofPart(int partNumber, long plaintext) {
        return ofData(plaintext) + (terminated(partNumber, plaintext) ? terminators(partNumber, plaintext) : 0);
    }

    /** Whether UploadPart itself ends the object: the part can only be the last one. */
    public boolean terminated(int partNumber, long plaintext) {
        requirePart(partNumber);
        requirePlaintext(plaintext);
        return plaintext < minInnerPart || partNumber == maxParts;
    }

    /**
     * The plaintext length of an object of one PutObject, or of a multipart upload whose parts bar the last are multiples
     * of full frames; 0 of an object without a frame. Empty if no such object has this length.
     */
    public OptionalLong objectToPlain(long sealed) {
        return sealed == 0 ? OptionalLong.of(0) : dataToPlain(sealed - frameOverhead);
    }

    /** The plaintext length of a part of a multipart upload. Empty if no such part has this length. */
    public OptionalLong partToPlain(int partNumber, long sealed) {
        requirePart(partNumber);
        for (long end : new long[] {0, frameOverhead, 2L * frameOverhead}) {
            OptionalLong plain = dataToPlain(sealed - end);
            if (plain.isPresent() && ofPart(partNumber, plain.getAsLong()) == sealed) {
                return plain;
            }
        }
        return OptionalLong.empty();
    }

    /** Number of data frames. */
    public long frameCount(long plaintext) {
        requirePlaintext(plaintext);
        return (plaintext + framePlaintext - 1) / framePlaintext;
    }

    /** Where, from the start of its part, the frame begins that holds this plaintext byte of the part. */
    public long frameStart(long plaintextOffset) {
        requirePlaintext(plaintextOffset);
        return plaintextOffset / framePlaintext * frameSealed();
    }

    /** Length of the data frames of so much plaintext. */
    public long ofData(long plaintext) {
        return plaintext + frameCount(plaintext) * frameOverhead;
    }

    /** Length of the terminators that end a multipart object whose last part has this length. */
    public long terminators(int lastPart, long length) {
        return twiceTerminated(lastPart, length) ? 2 * frameOverhead : frameOverhead;
    }

    /** Whether a last part of this length ends with two terminators. */
    public boolean twiceTerminated(int lastPart, long length) {
        return length == twiceTerminatedLength() && lastPart < maxParts;
    }

    private OptionalLong dataToPlain(long sealed) {
        if (sealed < 0 || sealed > ofData(maxPlaintext)) {
            return OptionalLong.empty();
        }
        long frames = (sealed + frameSealed() - 1) / frameSealed();
        long plain = sealed - frames * frameOverhead;
        // a last frame without a byte of plaintext does not exist
        return plain >= 0 && ofData(plain) == sealed ? OptionalLong.of(plain) : OptionalLong.empty();
    }

    /**
     * Refuses numbers that no part has.
     *
     * @throws IllegalArgumentException if this is one
     */
    public void requirePart(int partNumber) {
        if (partNumber < 1 || partNumber > maxParts) {
            throw new IllegalArgumentException("part number " + partNumber + " is not within 1.." + maxParts);
        }
    }

    /**
     * Refuses lengths that no part has.
     *
     * @throws IllegalArgumentException if this is one
     */
    public void requirePlaintext(long plaintext) {
        if (plaintext < 0 || plaintext > maxPlaintext) {
            throw new IllegalArgumentException("plaintext length " + plaintext + " is not within 0.." + maxPlaintext);
        }
    }
}
