package io.sealward.gateway.store;

/** A request has waited for its place at the store as long as it may: the project has too many under way. */
public final class NoPlaceException extends StoreException {
    private static final long serialVersionUID = 1L;

    NoPlaceException() {
        super("the project's other requests to the store have not ended in time");
    }
}
