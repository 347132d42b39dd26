package io.sealward.gateway.front;

import io.sealward.gateway.event.Event;
import java.util.Optional;

/**
 * An exchange has ended, one way or another.
 *
 * @param project whose it was; empty if it never got so far
 * @param operation S3's name for it, or {@code -} if it never got so far
 * @param status as answered; 0 if the client went away before
 * @param receivedBytes of the request's body
 * @param sentBytes of the answer's body
 * @param nanos from the head of the request on
 */
public record ExchangeEnded(
        Optional<String> project, String operation, int status, long receivedBytes, long sentBytes, long nanos)
        implements Event {}
