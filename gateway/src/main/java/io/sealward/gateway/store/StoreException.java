package io.sealward.gateway.store;

/** The store could not be reached, or broke off, or did not speak HTTP. Says nothing about the request itself. */
public sealed class StoreException extends RuntimeException permits NoPlaceException, StaleConnectionException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message, null, false, false);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
