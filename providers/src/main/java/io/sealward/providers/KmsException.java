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
    private final boolean gatewaysOwn;

    public KmsException(KmsError error, String message) {
        this(error, message, null, false);
    }

    public KmsException(KmsError error, String message, Throwable cause) {
        this(error, message, cause, false);
    }

    private KmsException(KmsError error, String message, Throwable cause, boolean gatewaysOwn) {
        super(shorten(message), cause);
        this.error = requireNonNull(error, "error");
        this.gatewaysOwn = gatewaysOwn;
    }

    /** What the cloud said, as a sentence, and what to change. */
    public static KmsException advising(KmsError error, String said, String advice) {
        String end = said.matches("(?s).*[.!?]\\s*") ? " " : ". ";
        return new KmsException(error, advice.isEmpty() ? said : said.stripTrailing() + end + advice);
    }

    /** The cloud does not take the gateway's own identity: an outage to every tenant, and the operator's to cure. */
    public static KmsException ofGateway(String message) {
        return new KmsException(KmsError.UNREACHABLE, message, null, true);
    }

    public KmsError error() {
        return error;
    }

    /** Whether the gateway's own identity is what failed; no tenant has refused anything. */
    public boolean gatewaysOwn() {
        return gatewaysOwn;
    }

    private static String shorten(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "...";
    }
}
