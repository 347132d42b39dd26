package io.sealward.gateway.request;

import io.sealward.gateway.front.Exchange;
import java.util.concurrent.CompletionStage;

/** One S3 operation: what it is, and how it is answered. Stateless; called on the event loop of the exchange. */
public interface Operation {
    /** What it is; the same each time. */
    Declaration declaration();

    /**
     * Answers. The stage completes when all that may fail has ended, on any thread; what it fails with, or this throws, is
     * the client's error document, or cuts an answer that has begun. Nobody else ends an exchange for a failure.
     */
    CompletionStage<Void> handle(S3Request request, Exchange exchange);
}
