package io.sealward.gateway.object;

import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.FrameOrder;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.key.SealException;
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
 * @param order finds the order that the frames must have, once the first header is known
 */
record Extent(long sealedStart, long sealedEnd, long skipped, long length, boolean whole, OrderFrom order) {
    /** Makes the order from the first header. */
    @FunctionalInterface
    interface OrderFrom {
        FrameOrder first(FrameHeader header) throws SealException;
    }

    static Extent whole(Layout layout, long plaintextLength, long sealedLength) {
        return new Extent(0, sealedLength, 0, plaintextLength, true, header -> FrameOrder.ofObject(layout));
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
                header -> FrameOrder.ofRange(parts, range.first(), range.last()));
    }

    /** In an object of aligned parts, where offsets are arithmetic and the first header tells the rest. */
    static Extent alignedRange(long plaintextLength, long sealedLength, ByteRange.Resolved range) {
        Extent asSingle = range(PartLayout.single(plaintextLength), range);
        return new Extent(
                asSingle.sealedStart(),
                asSingle.sealedEnd(),
                asSingle.skipped(),
                asSingle.length(),
                false,
                header -> FrameOrder.ofRange(
                        PartLayout.alignedAt(header, asSingle.sealedStart(), sealedLength)
                                .orElseThrow(() -> new SealException.Tampered("a frame of another place")),
                        range.first(),
                        range.last()));
    }
}
