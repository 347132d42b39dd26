package io.sealward.it.chaos.withdrawal;

/** What a client does, over and over. */
enum Role {
    /** Reads a small object whose key is in use all the time. */
    HOT_READ(Kind.READ),
    /** Reads a large object, slowly, so that it is under way when the key is withdrawn. */
    DOWNLOAD(Kind.READ),
    WRITE(Kind.WRITE),
    /** Creates an upload, sends its parts and completes it. */
    MULTIPART(Kind.WRITE),
    /** Needs no key, and so goes on. */
    LIST(Kind.KEYLESS),
    OTHER_READ(Kind.OTHER),
    OTHER_WRITE(Kind.OTHER);

    private final Kind kind;

    /** What a withdrawal means for it. */
    enum Kind {
        READ,
        WRITE,
        KEYLESS,
        /** Another tenant's. */
        OTHER
    }

    Role(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
