package io.sealward.gateway.identity;

import static java.util.Objects.requireNonNull;

/** A token that does not tell who somebody is. The message is for whoever sent it. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** It is no token, or none of a configured issuer, or does not verify. */
        INVALID,
        /** It was one, and its time is over. */
        EXPIRED,
        /** The issuer's keys cannot be had. */
        UNREACHABLE,
        /** Too many are being verified. */
        BUSY
    }

    private final Reason reason;

    IdentityException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
