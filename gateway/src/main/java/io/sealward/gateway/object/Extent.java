package io.sealward.gateway.object;

import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.s3.ByteRange;

/**
 * A stretch of plaintext to read, and the sealed bytes it is in.
 *
 * @param sealedStart of the first frame
 * @param sealedEnd of the last frame, exclusive; of a whole object, its end
 * @param skipped plaintext bytes of the first frame that are not wanted
 * @param length plaintext bytes wanted
 * @param whole whether {@code length} must be all that the frames hold
 * @param order that the frames must have
 */
record Extent(long sealedStart, long sealedEnd, long skipped, long length, boolean whole, Order order) {
    /** The order of an object's frames under its DEK. */
    @FunctionalInterface
    interface Order {
        FrameOrder under(Dek dek);
    }

    static Extent whole(Layout layout, long plaintextLength, long sealedLength) {
        return new Extent(0, sealedLength, 0, plaintextLength, true, dek -> FrameOrder.ofObject(layout, dek));
    }

    /** The whole object, where the answer tells beforehand what the parts are. */
    static Extent whole(Layout layout, PartLayout parts, long sealedLength) {
        return new Extent(
                0, sealedLength, 0, parts.plaintextLength(), true, dek -> FrameOrder.ofObject(layout, dek, parts));
    }

    static Extent range(PartLayout parts, ByteRange.Resolved range) {
        var first = parts.frameAt(range.first());
        var last = parts.frameAt(range.last());
        return new Extent(
                first.sealedOffset(),
                last.sealedEnd(),
                first.offsetInFrame(),
                range.length(),
                false,
                dek -> FrameOrder.ofRange(parts, range.first(), range.last()));
    }
}
