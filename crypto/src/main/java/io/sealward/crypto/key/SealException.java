package io.sealward.crypto.key;

/**
 * Sealed bytes, or what describes them, are not what a writer of the format made. The messages say what and where (part,
 * frame, field) and never carry key material, plaintext or raw input. The names are those of FORMAT.md.
 */
public abstract sealed class SealException extends Exception {
    private SealException(String message) {
        super(message);
    }

    /** Breaks the syntax: a reserved bit, a number out of bounds, a garbled field. */
    public static final class Malformed extends SealException {
        public Malformed(String message) {
            super(message);
        }
    }

    /** A version or suite that this reader does not know. */
    public static final class UnknownVersion extends SealException {
        public UnknownVersion(String message) {
            super(message);
        }
    }

    /** The DEK does not open: another wrapping secret, another place, changed metadata, or another DEK than committed. */
    public static final class WrongKey extends SealException {
        public WrongKey(String message) {
            super(message);
        }
    }

    /** Well-formed, but not authentic, or not where the writer put it. */
    public static final class Tampered extends SealException {
        public Tampered(String message) {
            super(message);
        }
    }

    /** Ends before its end: inside a frame, or before the terminator. */
    public static final class Truncated extends SealException {
        public Truncated(String message) {
            super(message);
        }
    }
}
