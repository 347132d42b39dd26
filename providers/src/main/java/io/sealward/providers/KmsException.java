package io.sealward.providers;

import static java.util.Objects.requireNonNull;

/**
 * A KMS call that failed. The message is the cloud's own, fit for the tenant's administrator: it names the key and the
 * reason, and never a secret.
 */
public final class KmsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KmsError error;

    public KmsException(KmsError error, String message) {
        super(message);
        this.error = requireNonNull(error, "error");
    }

    public KmsException(KmsError error, String message, Throwable cause) {
        super(message, cause);
        this.error = requireNonNull(error, "error");
    }

    public KmsError error() {
        return error;
    }
}
