package io.sealward.crypto.frame;

import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.key.SealException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the parts of a multipart object whose parts are not equal, by the header at the start of each. For one thread at
 * a time.
 */
public final class PartWalk {
    private final Geometry geometry;
    private final long sealedLength;
    private final List<Long> lengths = new ArrayList<>();
    private long total;
    private long offset;
    private boolean done;

    public PartWalk(Geometry geometry, long sealedLength) {
        this.geometry = geometry;
        this.sealedLength = sealedLength;
    }

    /** Where the next header to read begins in the sealed object. */
    public long nextOffset() {
        return offset;
    }

    /** Whether {@link #layout()} is known. */
    public boolean done() {
        return done;
    }

    /**
     * Takes the header of the next part, or of the end.
     *
     * @param header as it stands at {@link #nextOffset()}
     * @throws SealException if no part can stand there, or the object ends within it
     */
    public void accept(FrameHeader header) throws SealException {
        if (done) {
            throw new IllegalStateException("all parts are known");
        }
        switch (header.kind()) {
            case DATA -> acceptPart(header);
            case END -> {
                if (header.length() == 0) {
                    acceptPart(header);
                }
                end(header, lengths.size(), lastLength());
            }
            case SEAL, SEAL_UNEQUAL, SEAL_LOOSE, SEAL_LOOSE_UNEQUAL -> end(header, lengths.size() + 1, total);
        }
    }

    /**
     * All parts.
     *
     * @throws IllegalStateException before {@link #done()}
     */
    public PartLayout layout() {
        if (!done) {
            throw new IllegalStateException("the walk is not at its end");
        }
        return PartLayout.explicit(geometry, lengths);
    }

    /** Whether the next part may begin with that frame, where more than the end is left. */
    boolean canGoOnWith(FrameHeader header) {
        return header.kind() == FrameHeader.Kind.DATA && begins(header);
    }

    private boolean begins(FrameHeader header) {
        return header.partNumber() == lengths.size() + 1 && header.index() == 0;
    }

    private void acceptPart(FrameHeader header) throws SealException {
        int expected = lengths.size() + 1;
        if (!begins(header)) {
            throw new SealException.Tampered(header.place() + " stands where part " + expected + " begins");
        }
        total += header.length();
        offset += geometry.ofData(header.length());
        if (offset > sealedLength - geometry.frameOverhead() || total > geometry.maxPlaintext()) {
            throw new SealException.Truncated("the object ends within part " + expected);
        }
        lengths.add(header.length());
    }

    private void end(FrameHeader header, int expectedPart, long expectedLength) throws SealException {
        boolean sealedTwice = header.kind().isSeal() && lastLength() == geometry.twiceTerminatedLength();
        if (lengths.isEmpty()
                || sealedTwice
                || header.partNumber() != expectedPart
                || header.length() != expectedLength
                || offset + geometry.terminators(lengths.size(), lastLength()) != sealedLength) {
            throw new SealException.Tampered(header.place() + " does not end this object");
        }
        done = true;
    }

    private long lastLength() {
        return lengths.isEmpty() ? 0 : lengths.get(lengths.size() - 1);
    }
}
