package io.sealward.gateway.trail;

/** A trail is not as it was written; the message, one line, says where. */
public final class TrailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrailException(String message) {
        super(message);
    }
}
