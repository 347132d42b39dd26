package io.sealward.crypto.frame;

import io.sealward.crypto.algorithm.AesGcm;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.crypto.key.SealException;
import java.nio.ByteBuffer;

/**
 * The 32 bytes before each frame's ciphertext. They are the AAD of the frame, so what a parsed header says is true only
 * once the frame has opened.
 *
 * @param format the version it is of
 * @param partNumber 1 to 10,000
 * @param index of the frame in its part, from 0
 * @param length plaintext bytes of the part, or of the whole object in a seal
 */
public record FrameHeader(Format format, Kind kind, int partNumber, int index, long length, AttemptSalt salt) {
    public static final int BYTES = 32;

    /** What a frame is for. */
    public enum Kind {
        DATA(0),
        /** Ends the object inside its last part. */
        END(1),
        /**
         * Ends the object as a store part of its own; the parts it seals are equal, bar the last. Its salt says which
         * attempts at them.
         */
        SEAL(3),
        /** As {@link #SEAL}, over parts that are not equal. */
        SEAL_UNEQUAL(7),
        /** As {@link #SEAL}, but the writer had only the store's word for the lengths and attempts. */
        SEAL_LOOSE(11),
        /** As {@link #SEAL_LOOSE}, over parts that are not equal. */
        SEAL_LOOSE_UNEQUAL(15);

        private static final int SEAL_BIT = 2;
        private static final int UNEQUAL_BIT = 4;
        private static final int LOOSE_BIT = 8;

        private final int flags;

        Kind(int flags) {
            this.flags = flags;
        }

        static Kind seal(boolean equalParts, boolean knownAttempts) {
            if (knownAttempts) {
                return equalParts ? SEAL : SEAL_UNEQUAL;
            }
            return equalParts ? SEAL_LOOSE : SEAL_LOOSE_UNEQUAL;
        }

        boolean isSeal() {
            return (flags & SEAL_BIT) != 0;
        }

        boolean isUnequal() {
            return (flags & UNEQUAL_BIT) != 0;
        }

        /** Of a seal: whether its salt does not say which attempts it seals. */
        boolean isLoose() {
            return (flags & LOOSE_BIT) != 0;
        }
    }

    /**
     * Reads a header and checks all that can be said of it alone.
     *
     * @param format the version that the object is said to be of
     * @throws IndexOutOfBoundsException if {@code in} does not hold 32 bytes from {@code offset}
     */
    public static FrameHeader parse(Format format, byte[] in, int offset) throws SealException {
        ByteBuffer bytes = ByteBuffer.wrap(in, offset, BYTES);
        byte version = bytes.get();
        byte suite = bytes.get();
        if (version != format.version() || suite != format.suite()) {
            throw new SealException.UnknownVersion("frame version " + (version & 0xff) + ", suite " + (suite & 0xff));
        }
        Kind kind = kind(bytes.get() & 0xff);
        if (bytes.get() != 0) {
            throw new SealException.Malformed("the reserved byte of a frame header is not zero");
        }
        FrameHeader header = new FrameHeader(
                format,
                kind,
                bytes.getInt(),
                bytes.getInt(),
                bytes.getLong(),
                new AttemptSalt(bytes.getLong(), bytes.getInt()));
        header.check();
        return header;
    }

    private static Kind kind(int flags) throws SealException {
        return switch (flags) {
            case 0 -> Kind.DATA;
            case 1 -> Kind.END;
            case 3 -> Kind.SEAL;
            case 7 -> Kind.SEAL_UNEQUAL;
            case 11 -> Kind.SEAL_LOOSE;
            case 15 -> Kind.SEAL_LOOSE_UNEQUAL;
            default -> throw new SealException.Malformed("unknown frame flags " + flags);
        };
    }

    private void check() throws SealException {
        Geometry geometry = format.geometry();
        int firstPart = kind.isSeal() ? 2 : 1;
        if (partNumber < firstPart || partNumber > geometry.maxParts()) {
            throw new SealException.Malformed("part number " + partNumber + " in a " + kind + " frame");
        }
        if (length < 0 || length > geometry.maxPlaintext()) {
            throw new SealException.Malformed("length " + length + " in part " + partNumber);
        }
        long frames = geometry.frameCount(length);
        boolean possible =
                switch (kind) {
                    case DATA -> index >= 0 && index < frames;
                    case END ->
                        index == frames || (index == frames + 1 && geometry.twiceTerminated(partNumber, length));
                    case SEAL, SEAL_UNEQUAL, SEAL_LOOSE, SEAL_LOOSE_UNEQUAL -> index == 0;
                };
        if (!possible) {
            throw new SealException.Malformed(
                    kind + " frame " + index + " in part " + partNumber + " of " + length + " bytes");
        }
    }

    void encode(byte[] out, int offset) {
        ByteBuffer.wrap(out, offset, BYTES)
                .put(format.version())
                .put(format.suite())
                .put((byte) kind.flags)
                .put((byte) 0)
                .putInt(partNumber)
                .putInt(index)
                .putLong(length)
                .putLong(salt.high())
                .putInt(salt.low());
    }

    /** Plaintext bytes of this frame: 0 to {@link Geometry#framePlaintext}. */
    public int plaintextLength() {
        return kind == Kind.DATA ? (int) Math.min(format.geometry().framePlaintext(), length - offsetInPart()) : 0;
    }

    /** Of an END of a multipart object: whether no other follows it. */
    boolean endsObject() {
        Geometry geometry = format.geometry();
        return index == geometry.frameCount(length) + (geometry.twiceTerminated(partNumber, length) ? 1 : 0);
    }

    /** Where this frame's plaintext begins in its part. */
    public long offsetInPart() {
        return (long) index * format.geometry().framePlaintext();
    }

    /** Bytes that follow this header up to the next one: ciphertext and tag. */
    public int bodyLength() {
        return plaintextLength() + AesGcm.TAG_BYTES;
    }

    /** Bytes of the whole frame, this header included. */
    public int frameLength() {
        return BYTES + bodyLength();
    }

    /** For messages: which frame this is. */
    String place() {
        return kind + " frame " + index + " of part " + partNumber;
    }
}
