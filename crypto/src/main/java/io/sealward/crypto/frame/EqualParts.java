package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import java.util.Optional;

/** Parts of one length, bar the last. A PutObject is the case of one part. */
record EqualParts(Geometry geometry, long partLength, int partCount, long lastLength, long terminators)
        implements PartLayout {
    EqualParts {
        if (!possible(geometry, partLength, partCount, lastLength)) {
            throw new IllegalArgumentException(
                    "no object has " + partCount + " parts of " + partLength + " bytes, the last of " + lastLength);
        }
    }

    private static boolean possible(Geometry geometry, long partLength, long partCount, long lastLength) {
        return partLength >= (partCount == 1 ? 0 : 1)
                && partLength <= geometry.maxPlaintext()
                && partCount >= 1
                && partCount <= geometry.maxParts()
                && lastLength >= 0
                && (partCount > 1 || lastLength == partLength)
                // the product stays under 2^60
                && lastLength <= geometry.maxPlaintext() - (partCount - 1) * partLength;
    }

    /** Any numbers, however hostile. */
    static Optional<PartLayout> ifPossible(
            Geometry geometry, long partLength, long count, long lastLength, long sealedLength) {
        if (!possible(geometry, partLength, count, lastLength)) {
            return Optional.empty();
        }
        return Optional.of(PartLayout.equal(geometry, partLength, (int) count, lastLength))
                .filter(layout -> layout.sealedLength() == sealedLength);
    }

    @Override
    public long lengthOf(int partNumber) {
        return requirePart(partNumber) == partCount ? lastLength : partLength;
    }

    @Override
    public long startOf(int partNumber) {
        return (requirePart(partNumber) - 1) * partLength;
    }

    @Override
    public long sealedStartOf(int partNumber) {
        return (requirePart(partNumber) - 1) * geometry.ofData(partLength);
    }

    @Override
    public long plaintextLength() {
        return startOf(partCount) + lastLength;
    }

    @Override
    public long sealedLength() {
        return sealedStartOf(partCount) + geometry.ofData(lastLength) + terminators;
    }

    @Override
    public boolean equalParts() {
        return true;
    }

    @Override
    public boolean mistakable() {
        return false;
    }

    @Override
    public int partAt(long plaintextOffset) {
        return (int) Math.min(partCount, plaintextOffset / partLength + 1);
    }

    private long requirePart(int partNumber) {
        if (partNumber < 1 || partNumber > partCount) {
            throw new IndexOutOfBoundsException("part " + partNumber + " of " + partCount);
        }
        return partNumber;
    }
}
