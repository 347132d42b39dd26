package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/** A connection to the store serves its call no more: it is idle, or has ended. */
public record ConnectionFreed() implements Event {}
