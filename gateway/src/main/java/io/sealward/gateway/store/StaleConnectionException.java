package io.sealward.gateway.store;

import io.sealward.providers.StageFailure;
import java.io.IOException;

/** A connection ended before the store answered at all: on a pooled connection, most likely it was already closed. */
final class StaleConnectionException extends StoreException {
    private static final long serialVersionUID = 1L;

    StaleConnectionException() {
        super("the store closed the connection without an answer");
    }

    StaleConnectionException(IOException cause) {
        super("the connection to the store broke: " + cause.getMessage(), cause);
    }

    static boolean isCauseOf(Throwable failure) {
        return StageFailure.cause(failure) instanceof StaleConnectionException;
    }
}
