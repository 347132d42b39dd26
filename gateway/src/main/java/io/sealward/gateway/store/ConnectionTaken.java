package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/** A connection to the store begins to serve a call. */
public record ConnectionTaken() implements Event {}
