package io.sealward.gateway.management.http;

/** A request's body exceeds the bound. */
final class BodyTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int maxBytes;

    BodyTooLargeException(int maxBytes) {
        super("the body is larger than " + maxBytes + " bytes", null, false, false);
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }
}
