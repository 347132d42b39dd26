package io.sealward.crypto.frame;

import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.seal.Layout;
import java.util.Optional;

/**
 * Accepts the headers of an object's frames in the order in which they arrive, and refuses every order that the format
 * forbids. A header is to be accepted before its frame is opened, and the frame's plaintext released after both. For one
 * thread at a time.
 */
public sealed interface FrameOrder permits WholeObject, ObjectRange {
    /**
     * For a read of the whole object, from its first byte.
     *
     * @param dek the caller destroys it, after the last frame
     */
    static FrameOrder ofObject(Layout layout, Dek dek) {
        return new WholeObject(layout, dek, Optional.empty());
    }

    /**
     * As {@link #ofObject(Layout, Dek)}, for an answer that has told what the parts are.
     *
     * @param parts as frames have proven them; of one PutObject, as the length of the object has it
     */
    static FrameOrder ofObject(Layout layout, Dek dek, PartLayout parts) {
        return new WholeObject(layout, dek, Optional.of(parts));
    }

    /**
     * For a read of some plaintext.
     *
     * @param parts where the frames are expected
     * @param from first plaintext byte
     * @param to last plaintext byte, inclusive
     * @throws IndexOutOfBoundsException if the object does not hold them
     */
    static FrameOrder ofRange(PartLayout parts, long from, long to) {
        return new ObjectRange(parts, from, to);
    }

    /**
     * Takes the next header.
     *
     * @throws SealException.Tampered if this frame cannot stand here
     * @throws SealException.Truncated if frames are missing before it
     */
    void accept(FrameHeader header) throws SealException;

    /** Whether the last frame has been accepted, so that no other may come. */
    boolean ended();

    /**
     * To be called when the bytes end.
     *
     * @throws SealException.Truncated if frames are missing
     */
    default void finish() throws SealException {
        if (!ended()) {
            throw new SealException.Truncated("the object ends before its terminator");
        }
    }
}
