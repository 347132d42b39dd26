package io.sealward.gateway.front;

import io.sealward.gateway.event.Event;

/** There was no room for a connection or a request. */
public record Refused(Refusal why) implements Event {}
