package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/**
 * A call had to wait for a fresh connection to the store.
 *
 * @param success whether it came
 * @param nanos that it took
 */
public record StoreConnected(boolean success, long nanos) implements Event {}
