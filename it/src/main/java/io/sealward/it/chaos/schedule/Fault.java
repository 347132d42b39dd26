package io.sealward.it.chaos.schedule;

/** Something that goes wrong for a while. */
enum Fault {
    KMS_THROTTLED,
    KMS_DEAD,
    KMS_GARBAGE,
    KMS_SLOW,
    /** What was unwrapped is not what had been wrapped. */
    KMS_WRONG_PLAINTEXT,
    /** What was wrapped opens to something else, or not at all. */
    KMS_WRONG_CIPHERTEXT,
    KMS_EXPIRED_TOKEN,
    /** The key is disabled. */
    KMS_DENIED,
    STORE_REFUSES,
    STORE_RESETS_REQUEST,
    STORE_RESETS_ANSWER,
    STORE_TRUNCATES,
    STORE_SLOW,
    /** A bit of what it answers to a GET is flipped. */
    STORE_LIES,
    /** A client breaks off in the middle of what it sends. */
    CLIENT_RESETS,
    /** A client's clock is a day ahead. */
    CLIENT_CLOCK_JUMPS,
    REGISTRY_DOWN;

    /** Whether a client does it, and not what it meets. */
    boolean ofClient() {
        return this == CLIENT_RESETS || this == CLIENT_CLOCK_JUMPS;
    }
}
