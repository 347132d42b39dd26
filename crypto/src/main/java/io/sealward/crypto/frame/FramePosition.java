package io.sealward.crypto.frame;

/**
 * The data frame that holds a plaintext byte.
 *
 * @param index of the frame in its part
 * @param partLength plaintext bytes of its part
 * @param sealedOffset where the frame begins in the sealed object
 * @param sealedEnd where it ends, exclusive
 * @param plaintextOffset where its plaintext begins in the object
 * @param offsetInFrame of the byte, in the frame's plaintext
 */
public record FramePosition(
        int partNumber,
        int index,
        long partLength,
        long sealedOffset,
        long sealedEnd,
        long plaintextOffset,
        int offsetInFrame) {}
