package io.sealward.gateway.identity;

/** A document that does not say whom to trust. The message is for who wrote it, and says where. */
public final class MalformedTrustException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedTrustException(String message) {
        super(message, null, false, false);
    }
}
