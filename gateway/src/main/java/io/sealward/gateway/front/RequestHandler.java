package io.sealward.gateway.front;

/** Answers requests. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Takes one request on its event loop and sees to it that the exchange is answered: here or later, once, and on the
     * same loop. What it throws ends the exchange as {@link Exchange#fail} does.
     */
    void handle(Exchange exchange);
}
