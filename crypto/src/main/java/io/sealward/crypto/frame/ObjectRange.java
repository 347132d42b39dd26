package io.sealward.crypto.frame;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.SealException;

/** The data frames of a stretch of plaintext, each where the layout says. */
final class ObjectRange implements FrameOrder {
    private final PartLayout parts;
    private final long to;

    private long next;
    private AttemptSalt salt;
    private int saltOfPart;

    ObjectRange(PartLayout parts, long from, long to) {
        if (from > to || to >= parts.plaintextLength()) {
            throw new IndexOutOfBoundsException(
                    "bytes " + from + " to " + to + " of an object of " + parts.plaintextLength());
        }
        this.parts = parts;
        this.to = to;
        this.next = parts.frameAt(from).plaintextOffset();
    }

    @Override
    public void accept(FrameHeader header) throws SealException {
        if (ended()) {
            throw new SealException.Tampered(header.place() + " follows the last frame of the range");
        }
        FramePosition expected = parts.frameAt(next);
        if (header.kind() != Kind.DATA
                || header.partNumber() != expected.partNumber()
                || header.index() != expected.index()
                || header.length() != expected.partLength()) {
            throw new SealException.Tampered(header.place() + " stands in place of frame " + expected.index()
                    + " of part " + expected.partNumber());
        }
        if (saltOfPart == header.partNumber() && !header.salt().equals(salt)) {
            throw new SealException.Tampered(header.place() + " is of another attempt at the part");
        }
        salt = header.salt();
        saltOfPart = header.partNumber();
        next += header.plaintextLength();
    }

    @Override
    public boolean ended() {
        return next > to;
    }
}
