package io.sealward.gateway.recovery;

/** What keeps an object from being opened though it may be sound; the message is for who asked. */
public final class RecoveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecoveryException(String message) {
        super(message, null, false, false);
    }
}
