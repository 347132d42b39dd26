package io.sealward.gateway.front;

import io.sealward.gateway.event.Event;

/** A connection or a request was turned away for want of room. */
public record Refused(Refusal why) implements Event {}
