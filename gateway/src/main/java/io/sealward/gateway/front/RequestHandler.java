package io.sealward.gateway.front;

import java.util.concurrent.CompletionStage;

/** Answers requests. */
@FunctionalInterface
public interface RequestHandler {
    /**
     * Takes one request on its event loop and sees to it that the exchange is answered: here or later, once, and on the
     * same loop.
     *
     * @return completes, on any thread, when all that may fail has ended; what it fails with, or this throws, ends the
     *     exchange: with an error document, or, once an answer has begun, by cutting the connection
     */
    CompletionStage<Void> handle(Exchange exchange);
}
