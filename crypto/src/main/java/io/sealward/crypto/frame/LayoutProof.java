package io.sealward.crypto.frame;

import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Proves where the parts of a multipart object lie, by frames of it that have opened: the terminator and one of part 1,
 * and where nothing authentic says that the parts between are equal, one of each. What it proves holds for the DEK that
 * opened them and for the length the object is said to have. For one thread at a time.
 */
public final class LayoutProof {
    private final Layout layout;
    private final long sealedLength;
    private final SortedSet<Long> wanted = new TreeSet<>();
    private FrameHeader first;
    private FrameHeader terminator;
    private PartLayout found;
    private PartWalk walk;

    /**
     * Begins with nothing known.
     *
     * @param layout of a multipart upload
     * @param sealedLength of the object, as the store says
     * @throws SealException.Truncated if no object is so short
     */
    public LayoutProof(Layout layout, long sealedLength) throws SealException {
        if (sealedLength < SealedLength.FRAME_OVERHEAD) {
            throw new SealException.Truncated("no sealed object has " + sealedLength + " bytes");
        }
        this.layout = layout;
        this.sealedLength = sealedLength;
        wanted.add(0L);
        wanted.add(terminatorOffset());
    }

    /**
     * Where the frames begin that are to be opened next, in any order. Empty once the layout is proven.
     *
     * @return a copy
     */
    public Collection<Long> wanted() {
        return List.copyOf(wanted);
    }

    /** What to read at such an offset, in bytes: the frame that begins there, and perhaps more. */
    public int bytesAt(long sealedOffset) {
        return (int) Math.min(SealedLength.FRAME_SEALED, sealedLength - sealedOffset);
    }

    /**
     * Takes a frame that was wanted.
     *
     * @param header of the frame at that offset, which has opened
     * @throws SealException if no object of this length and layout has it there
     */
    public void accept(long sealedOffset, FrameHeader header) throws SealException {
        if (!wanted.remove(sealedOffset)) {
            throw new IllegalArgumentException("no frame was wanted at " + sealedOffset);
        }
        if (terminator == null || first == null) {
            acceptEnd(sealedOffset, header);
        } else if (walk != null) {
            walk.accept(header);
            goOn();
        } else {
            requireStartOf((int) (sealedOffset / found.sealedStartOf(2)) + 1, header);
        }
    }

    /**
     * All parts.
     *
     * @throws IllegalStateException while frames are wanted
     */
    public PartLayout layout() {
        if (found == null || !wanted.isEmpty()) {
            throw new IllegalStateException("the layout is not proven");
        }
        return found;
    }

    private void acceptEnd(long offset, FrameHeader header) throws SealException {
        if (offset == terminatorOffset()) {
            if (header.kind() == Kind.DATA) {
                throw new SealException.Tampered(header.place() + " stands where the object ends");
            }
            terminator = header;
        }
        if (offset == 0) {
            if (header.kind().isSeal() || header.partNumber() != 1 || header.index() != 0) {
                throw new SealException.Tampered(header.place() + " stands where part 1 begins");
            }
            first = header;
        }
        if (first != null && terminator != null) {
            begin();
        }
    }

    private void begin() throws SealException {
        Optional<PartLayout> equal = PartLayout.discover(first, terminator, sealedLength);
        boolean said = layout == Layout.ALIGNED_PARTS
                || (terminator.kind().isSeal() && !terminator.kind().isUnequal());
        if (equal.isEmpty() && said) {
            throw new SealException.Tampered("the object does not have the equal parts that it is said to have");
        }
        if (equal.isEmpty()) {
            walk = new PartWalk(sealedLength);
            walk.accept(first);
            goOn();
            return;
        }
        found = equal.get();
        if (layout == Layout.ALIGNED_PARTS) {
            requireAligned();
        } else if (terminator.kind() != Kind.SEAL) {
            // the terminator is a frame of the last part if it is an END
            int parts = found.partCount() - (terminator.kind() == Kind.END ? 1 : 0);
            for (int part = 2; part <= parts; part++) {
                wanted.add(found.sealedStartOf(part));
            }
        }
    }

    private void goOn() throws SealException {
        // before the terminators there is no room for a part
        if (walk.nextOffset() >= sealedLength - 2L * SealedLength.FRAME_OVERHEAD) {
            walk.accept(terminator);
            found = walk.layout();
            if (terminator.kind().isUnequal() && found.equalParts()) {
                throw new SealException.Tampered("the object has equal parts and says that it has not");
            }
        } else {
            wanted.add(walk.nextOffset());
        }
    }

    private void requireAligned() throws SealException {
        int last = found.partCount();
        boolean whole = last == 1
                || (found.lengthOf(1) % SealedLength.FRAME_PLAINTEXT == 0 && found.lengthOf(last) <= found.lengthOf(1));
        if (!whole || found.lengthOf(last) == SealedLength.TWICE_TERMINATED) {
            throw new SealException.Tampered("the parts of the object are not aligned");
        }
    }

    private void requireStartOf(int part, FrameHeader header) throws SealException {
        if (header.kind() != Kind.DATA
                || header.partNumber() != part
                || header.index() != 0
                || header.length() != found.lengthOf(part)) {
            throw new SealException.Tampered(header.place() + " stands where part " + part + " begins");
        }
    }

    private long terminatorOffset() {
        return sealedLength - SealedLength.FRAME_OVERHEAD;
    }
}
