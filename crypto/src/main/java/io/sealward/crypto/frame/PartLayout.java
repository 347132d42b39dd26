package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import java.util.List;
import java.util.Optional;

/**
 * Where each part of an object lies, in plaintext and in sealed bytes. Immutable. What comes from headers of frames that
 * have not opened is only what the store claims; {@link LayoutProof} makes it certain.
 */
public sealed interface PartLayout permits EqualParts, ListedParts {
    /** One PutObject. */
    static PartLayout single(Geometry geometry, long length) {
        return new EqualParts(geometry, length, 1, length, geometry.frameOverhead());
    }

    /**
     * A multipart object of {@code partCount - 1} parts of {@code partLength} bytes and one of {@code lastLength}.
     *
     * @throws IllegalArgumentException if no object can have these parts
     */
    static PartLayout equal(Geometry geometry, long partLength, int partCount, long lastLength) {
        return new EqualParts(geometry, partLength, partCount, lastLength, geometry.terminators(partCount, lastLength));
    }

    /**
     * A multipart object of parts of these lengths.
     *
     * @throws IllegalArgumentException if no object can have these parts
     */
    static PartLayout explicit(Geometry geometry, List<Long> lengths) {
        if (lengths.isEmpty()) {
            throw new IllegalArgumentException("an object has a part");
        }
        int last = lengths.size() - 1;
        long first = lengths.get(0);
        boolean equal = lengths.subList(0, Math.max(1, last)).stream().allMatch(length -> length == first);
        return equal ? equal(geometry, first, lengths.size(), lengths.get(last)) : ListedParts.of(geometry, lengths);
    }

    /**
     * The layout of a multipart object with equal parts, from its two ends. Empty if the parts are not equal: then
     * {@link PartWalk} finds them.
     *
     * @param first the header at the start of the object
     * @param last the header 48 bytes before its end
     * @param sealedLength of the object
     */
    static Optional<PartLayout> discover(FrameHeader first, FrameHeader last, long sealedLength) {
        if (first.partNumber() != 1 || first.index() != 0 || first.kind().isSeal()) {
            return Optional.empty();
        }
        Geometry geometry = first.format().geometry();
        long partLength = first.length();
        long count;
        long lastLength;
        switch (last.kind()) {
            case END -> {
                count = last.partNumber();
                lastLength = last.length();
            }
            case SEAL, SEAL_LOOSE -> {
                count = last.partNumber() - 1L;
                lastLength = last.length() - (count - 1) * partLength;
                if (lastLength == 0 || lastLength == geometry.twiceTerminatedLength()) { // ends by itself
                    return Optional.empty();
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return EqualParts.ifPossible(geometry, partLength, count, lastLength, sealedLength);
    }

    /** Of the version that the object is sealed in. */
    Geometry geometry();

    int partCount();

    /** Plaintext bytes of a part. */
    long lengthOf(int partNumber);

    /** Plaintext offset at which a part begins in the object. */
    long startOf(int partNumber);

    /** Offset at which a part begins in the sealed object. */
    long sealedStartOf(int partNumber);

    /** Plaintext bytes of the object. */
    long plaintextLength();

    /** Bytes of the sealed object, terminators included. */
    long sealedLength();

    /** Whether all parts bar the last are of one length. */
    boolean equalParts();

    /**
     * Whether {@link #discover} would take these unequal parts for equal ones. Complete refuses such an upload; it takes
     * contrived lengths, such as 10, 8, 12 and 3 MiB.
     */
    boolean mistakable();

    /** Part that holds a plaintext byte. */
    int partAt(long plaintextOffset);

    /**
     * The frame that holds a plaintext byte.
     *
     * @throws IndexOutOfBoundsException if the object has no such byte
     */
    default FramePosition frameAt(long plaintextOffset) {
        if (plaintextOffset < 0 || plaintextOffset >= plaintextLength()) {
            throw new IndexOutOfBoundsException("byte " + plaintextOffset + " of " + plaintextLength());
        }
        int part = partAt(plaintextOffset);
        long inPart = plaintextOffset - startOf(part);
        int offsetInFrame = (int) (inPart % geometry().framePlaintext());
        long frameStart = inPart - offsetInFrame;
        long frameEnd = Math.min(frameStart + geometry().framePlaintext(), lengthOf(part));
        return new FramePosition(
                part,
                Math.toIntExact(frameStart / geometry().framePlaintext()),
                lengthOf(part),
                sealedStartOf(part) + geometry().frameStart(inPart),
                sealedStartOf(part) + geometry().ofData(frameEnd),
                plaintextOffset - offsetInFrame,
                offsetInFrame);
    }
}
