package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/**
 * A request had to wait for its project's turn at the store.
 *
 * @param success whether the turn came
 * @param nanos that it waited
 */
public record StoreWaited(boolean success, long nanos) implements Event {}
