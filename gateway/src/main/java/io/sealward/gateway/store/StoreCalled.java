package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/**
 * A call to the store was answered, or ended without an answer.
 *
 * @param method of the request
 * @param status as answered; 0 if the store broke off, or was not waited for
 * @param nanos from the head of the request to that of the answer
 */
public record StoreCalled(String method, int status, long nanos) implements Event {}
