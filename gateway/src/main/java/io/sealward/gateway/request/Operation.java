package io.sealward.gateway.request;

import io.sealward.gateway.front.Exchange;

/** One S3 operation. Stateless; called on the event loop of the exchange. */
public interface Operation {
    /** Starts answering. What it throws, and what its stages fail with, is the client's error document. */
    void handle(S3Request request, Exchange exchange);

    /** The {@code x-amz-*} headers it understands beyond those that every operation does. All others are refused. */
    default HeaderRules headerRules() {
        return HeaderRules.NONE;
    }
}
