package io.sealward.gateway.budget;

import io.sealward.crypto.format.Format;

/**
 * The direct memory that a request holds at most, in bytes: the bounds that the listener, the store's connections and
 * the streams between them keep. A third of it comes on top as heap, for the frame that is sealed or opened.
 */
public final class RequestMemory {
    /** A request without a stream: what was read of it ahead, of the store's answer, and a small answer on its way. */
    public static final long OF_EXCHANGE = 24 << 10;

    /** Three frames of one socket read, behind the 96 KiB that wait for the other side's socket, and one frame held back. */
    private static final long OF_STREAM = (3 * 64 + 96 + 64) << 10;

    /**
     * Frames that are held whole and together, on the heap, before a stream begins.
     *
     * @param frames how many
     */
    public static long ofFrames(int frames) {
        return (long) frames * Format.WRITTEN.geometry().frameSealed();
    }

    private RequestMemory() {}

    /**
     * A body on its way through.
     *
     * @param length of the body
     */
    public static long ofStream(long length) {
        return Math.min(2 * length, OF_STREAM);
    }

    /**
     * What requests may take in all: three quarters, since pools keep more than is asked of them.
     *
     * @param heap bytes of the heap
     * @param direct bytes of direct memory
     */
    public static long inAll(long heap, long direct) {
        return Math.min(heap, direct) / 4 * 3;
    }
}
