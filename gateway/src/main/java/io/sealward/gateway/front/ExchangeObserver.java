package io.sealward.gateway.front;

/** Hears of every exchange when it has ended, and of who was turned away. Called on event loops; must not block. */
@FunctionalInterface
public interface ExchangeObserver {
    /**
     * An exchange has ended, one way or another.
     *
     * @param operation S3's name for it, or {@code -} if it never got so far
     * @param status as answered; 0 if the client went away before
     * @param receivedBytes of the request's body
     * @param sentBytes of the answer's body
     */
    void ended(String operation, int status, long receivedBytes, long sentBytes, long nanos);

    /** There was no room for a connection or a request. */
    default void refused(Refusal why) {}
}
