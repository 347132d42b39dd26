package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.frame.FrameHeader.Kind;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.security.auth.Destroyable;

/**
 * Proves where the parts of a multipart object lie, by frames of it that it opens: the terminator and one of part 1, and
 * where nothing authentic says how long the parts between are, one of each. What it proves holds for the DEK and for the
 * length that the object is said to have; it says nothing of the attempts at the parts. For one thread at a time.
 */
public final class LayoutProof implements Destroyable {
    private final Layout layout;
    private final Geometry geometry;
    private final long sealedLength;
    private final Dek dek;
    private final FrameOpener opener;
    private final byte[] opened;
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
     * @param dek the caller destroys it, after the proof
     * @throws SealException.Truncated if no object is so short
     */
    public LayoutProof(Layout layout, long sealedLength, Dek dek) throws SealException {
        this.geometry = dek.format().geometry();
        if (sealedLength < geometry.frameOverhead()) {
            throw new SealException.Truncated("no sealed object has " + sealedLength + " bytes");
        }
        this.layout = layout;
        this.sealedLength = sealedLength;
        this.dek = dek;
        this.opener = new FrameOpener(dek);
        this.opened = new byte[geometry.framePlaintext()];
        wanted.add(0L);
        wanted.add(terminatorOffset());
    }

    /**
     * Where the frames begin that are to be opened next: in this order, for the format's order of errors. Empty once the
     * layout is proven.
     *
     * @return a copy
     */
    public Collection<Long> wanted() {
        return List.copyOf(wanted);
    }

    /** What to read at such an offset, in bytes: the frame that begins there, and perhaps more. */
    public int bytesAt(long sealedOffset) {
        return (int) Math.min(geometry.frameSealed(), sealedLength - sealedOffset);
    }

    /**
     * Opens a frame that was wanted.
     *
     * @param bytes of the object from that offset; not changed
     * @throws SealException if the frame is not authentic, or no object of this length and layout has it there
     */
    public void accept(long sealedOffset, byte[] bytes) throws SealException {
        if (!wanted.remove(sealedOffset)) {
            throw new IllegalArgumentException("no frame was wanted at " + sealedOffset);
        }
        if (bytes.length < FrameHeader.BYTES) {
            throw new SealException.Truncated("the object ends within a frame header");
        }
        FrameHeader header = opener.header(bytes, 0);
        requirePlace(sealedOffset, header);
        opener.open(header, bytes, 0, bytes.length, opened, 0);
        learn(sealedOffset, header);
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

    /** Wipes the derived keys. */
    @Override
    public void destroy() {
        opener.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return opener.isDestroyed();
    }

    private void requirePlace(long offset, FrameHeader header) throws SealException {
        boolean stands;
        if (!bothEnds()) {
            stands = offset == 0 ? canBegin(header) : canEnd(header);
        } else if (walk != null) {
            stands = walk.canGoOnWith(header);
        } else {
            int part = (int) (offset / found.sealedStartOf(2)) + 1;
            stands = header.kind() == Kind.DATA
                    && header.partNumber() == part
                    && header.index() == 0
                    && header.length() == found.lengthOf(part);
        }
        if (!stands) {
            throw new SealException.Tampered(header.place() + " stands at " + offset + ", where it does not belong");
        }
    }

    private static boolean canBegin(FrameHeader header) {
        return !header.kind().isSeal() && header.partNumber() == 1 && header.index() == 0;
    }

    private static boolean canEnd(FrameHeader header) {
        return header.kind().isSeal() || (header.kind() == Kind.END && header.endsObject());
    }

    private void learn(long offset, FrameHeader header) throws SealException {
        if (!bothEnds()) {
            first = offset == 0 ? header : first;
            terminator = offset == terminatorOffset() ? header : terminator;
            if (bothEnds()) {
                begin();
            }
        } else if (walk != null) {
            walk.accept(header);
            goOn();
        }
    }

    private boolean bothEnds() {
        return first != null && terminator != null;
    }

    private void begin() throws SealException {
        Optional<PartLayout> equal = PartLayout.discover(first, terminator, sealedLength);
        boolean said = layout == Layout.ALIGNED_PARTS
                || (terminator.kind().isSeal() && !terminator.kind().isUnequal());
        if (equal.isEmpty() && said) {
            throw new SealException.Tampered("the object does not have the equal parts that it is said to have");
        }
        if (equal.isEmpty()) {
            walk = new PartWalk(geometry, sealedLength);
            walk.accept(first);
            goOn();
            return;
        }
        found = equal.get();
        requireSealed();
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
        if (walk.nextOffset() < sealedLength - 2L * geometry.frameOverhead()) {
            wanted.add(walk.nextOffset());
            return;
        }
        walk.accept(terminator);
        found = walk.layout();
        if (terminator.kind().isUnequal() && found.equalParts()) {
            throw new SealException.Tampered("the object has equal parts and says that it has not");
        }
        requireSealed();
    }

    private void requireSealed() throws SealException {
        if (terminator.kind().isSeal()
                && !terminator.kind().isLoose()
                && !PartsDigest.sealsLengths(dek, found, terminator.salt())) {
            throw new SealException.Tampered("the seal part is for parts of other lengths");
        }
    }

    private void requireAligned() throws SealException {
        int last = found.partCount();
        boolean whole = last == 1
                || (found.lengthOf(1) % geometry.framePlaintext() == 0 && found.lengthOf(last) <= found.lengthOf(1));
        if (!whole
                || found.lengthOf(last) == geometry.twiceTerminatedLength()
                || terminator.kind().isLoose()) {
            throw new SealException.Tampered("the parts of the object are not aligned");
        }
    }

    private long terminatorOffset() {
        return sealedLength - geometry.frameOverhead();
    }
}
