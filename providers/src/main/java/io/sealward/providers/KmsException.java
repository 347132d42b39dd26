package io.sealward.providers;

import static java.util.Objects.requireNonNull;

/**
 * A KMS call that failed. The message is the cloud's own, fit for the tenant's administrator: it names the key and the
 * reason, and never a secret. It is cut after 2,000 characters.
 */
public final class KmsException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_MESSAGE_CHARS = 2_000;

    private final KmsError error;

    public KmsException(KmsError error, String message) {
        super(shorten(message));
        this.error = requireNonNull(error, "error");
    }

    public KmsException(KmsError error, String message, Throwable cause) {
        super(shorten(message), cause);
        this.error = requireNonNull(error, "error");
    }

    public KmsError error() {
        return error;
    }

    private static String shorten(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "...";
    }
}
