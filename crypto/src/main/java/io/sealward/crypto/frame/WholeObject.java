package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.util.Optional;

/** All frames of an object, from part 1 to the terminator. */
final class WholeObject implements FrameOrder {
    private final Layout layout;
    private final Geometry geometry;
    private final Dek dek;
    /** What the parts are known to be. */
    private final Optional<PartLayout> known;

    private final PartsDigest digest = new PartsDigest();
    /** The first frame of the part being read; null before part 1. */
    private FrameHeader part;
    /** Index of the next frame of that part. */
    private int index;

    private long total;
    private long firstLength;
    /** Whether the parts before this one are all as long as the first. */
    private boolean equal = true;

    private boolean terminated;
    private boolean ended;

    WholeObject(Layout layout, Dek dek, Optional<PartLayout> known) {
        this.layout = layout;
        this.known = known;
        this.dek = dek;
        this.geometry = dek.format().geometry();
        this.ended = layout == Layout.EMPTY;
    }

    @Override
    public void accept(FrameHeader header) throws SealException {
        requireLength(header);
        if (ended) {
            throw new SealException.Tampered(header.place() + " follows the end of the object");
        }
        if (header.kind().isSeal()) {
            acceptSeal(header);
        } else if (inPart(header)) {
            continuePart(header);
        } else {
            beginPart(header);
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    private boolean inPart(FrameHeader header) {
        return part != null && header.partNumber() == part.partNumber();
    }

    /** Before all else: what is too long is malformed wherever it stands. */
    private void requireLength(FrameHeader header) throws SealException {
        if (!header.kind().isSeal() && !inPart(header) && header.length() > geometry.maxPlaintext() - total) {
            throw new SealException.Malformed(header.place() + " makes the parts longer than an object can be");
        }
    }

    private void requireKnown(FrameHeader header) throws SealException {
        if (known.isPresent()
                && (header.partNumber() > known.get().partCount()
                        || header.length() != known.get().lengthOf(header.partNumber()))) {
            throw new SealException.Tampered(header.place() + " is of a part of another length");
        }
    }

    private void beginPart(FrameHeader header) throws SealException {
        int expected = part == null ? 1 : part.partNumber() + 1;
        requirePartComplete(header);
        if (header.partNumber() != expected || header.index() != 0) {
            throw new SealException.Tampered(header.place() + " stands where part " + expected + " begins");
        }
        if (expected > 1 && layout == Layout.SINGLE) {
            throw new SealException.Tampered(header.place() + " in an object of one part");
        }
        if (part == null) {
            firstLength = header.length();
        } else {
            equal &= part.length() == firstLength;
        }
        total += header.length();
        requireAligned(header);
        requireKnown(header);
        digest.add(header.length(), header.salt());
        part = header;
        index = 1;
        if (header.kind() == Kind.END) {
            endAt(header);
        }
    }

    private void continuePart(FrameHeader header) throws SealException {
        if (header.length() != part.length() || !header.salt().equals(part.salt())) {
            throw new SealException.Tampered(header.place() + " is of another attempt at the part");
        }
        if (header.index() != index) {
            throw new SealException.Tampered(header.place() + " stands in place of frame " + index);
        }
        index++;
        if (header.kind() == Kind.END) {
            endAt(header);
        }
    }

    private void endAt(FrameHeader header) {
        terminated = true;
        boolean twice = layout != Layout.SINGLE && geometry.twiceTerminated(header.partNumber(), header.length());
        ended = !twice || header.index() > geometry.frameCount(header.length());
    }

    private void acceptSeal(FrameHeader header) throws SealException {
        if (part == null || layout == Layout.SINGLE || terminated) {
            throw new SealException.Tampered("a seal part stands where there can be none");
        }
        requirePartComplete(header);
        if (header.partNumber() != part.partNumber() + 1 || header.length() != total) {
            throw new SealException.Tampered("the seal part is for " + (header.partNumber() - 1) + " parts of "
                    + header.length() + " bytes, not " + part.partNumber() + " of " + total);
        }
        if (layout == Layout.ALIGNED_PARTS && header.kind().isLoose()) {
            throw new SealException.Tampered("the seal part of aligned parts does not say which attempts it seals");
        }
        if (equal == header.kind().isUnequal() || part.length() == geometry.twiceTerminatedLength()) {
            throw new SealException.Tampered("the seal part is for parts of other lengths");
        }
        if (!header.kind().isLoose() && !header.salt().equals(digest.sealSalt(dek))) {
            throw new SealException.Tampered("the seal part is for other attempts at the parts");
        }
        ended = true;
    }

    private void requirePartComplete(FrameHeader header) throws SealException {
        if (part != null && (terminated || index < geometry.frameCount(part.length()))) {
            throw new SealException.Tampered(
                    header.place() + " stands in place of frame " + index + " of part " + part.partNumber());
        }
    }

    /** Every part but the last is as long as the first, so a part that is not has none after it. */
    private void requireAligned(FrameHeader header) throws SealException {
        if (layout != Layout.ALIGNED_PARTS) {
            return;
        }
        if (header.length() == geometry.twiceTerminatedLength()) {
            throw new SealException.Tampered(header.place() + " is as long as no aligned part");
        }
        if (part == null) {
            return;
        }
        if (!equal || firstLength % geometry.framePlaintext() != 0 || header.length() > firstLength) {
            throw new SealException.Tampered(header.place() + " breaks the alignment of the parts");
        }
    }
}
