package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import java.util.Arrays;
import java.util.List;

/** Parts of any lengths. */
final class ListedParts implements PartLayout {
    private final Geometry geometry;

    /** Offsets of the parts, and behind them the end of the last. */
    private final long[] starts;

    private final long[] sealedStarts;

    private ListedParts(Geometry geometry, long[] starts, long[] sealedStarts) {
        this.geometry = geometry;
        this.starts = starts;
        this.sealedStarts = sealedStarts;
    }

    static ListedParts of(Geometry geometry, List<Long> lengths) {
        int count = lengths.size();
        geometry.requirePart(count);
        long[] starts = new long[count + 1];
        long[] sealedStarts = new long[count + 1];
        for (int i = 0; i < count; i++) {
            long length = lengths.get(i);
            geometry.requirePlaintext(length);
            if (length == 0 && i < count - 1) {
                throw new IllegalArgumentException("only the last part may be empty, not part " + (i + 1));
            }
            starts[i + 1] = starts[i] + length;
            sealedStarts[i + 1] = sealedStarts[i] + geometry.ofData(length);
            geometry.requirePlaintext(starts[i + 1]);
        }
        return new ListedParts(geometry, starts, sealedStarts);
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public int partCount() {
        return starts.length - 1;
    }

    @Override
    public long lengthOf(int partNumber) {
        return starts[partNumber] - starts[partNumber - 1];
    }

    @Override
    public long startOf(int partNumber) {
        return starts[partNumber - 1];
    }

    @Override
    public long sealedStartOf(int partNumber) {
        return sealedStarts[partNumber - 1];
    }

    @Override
    public long plaintextLength() {
        return starts[partCount()];
    }

    @Override
    public long sealedLength() {
        return sealedStarts[partCount()] + geometry.terminators(partCount(), lengthOf(partCount()));
    }

    @Override
    public boolean equalParts() {
        return false;
    }

    @Override
    public boolean mistakable() {
        long last = lengthOf(partCount());
        return geometry.terminated(partCount(), last)
                && EqualParts.ifPossible(geometry, lengthOf(1), partCount(), last, sealedLength())
                        .isPresent();
    }

    @Override
    public int partAt(long plaintextOffset) {
        int found = Arrays.binarySearch(starts, plaintextOffset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
