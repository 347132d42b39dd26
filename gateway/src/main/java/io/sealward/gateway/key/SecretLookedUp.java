package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;

/** An unwrapped secret was asked for, and was or was not in memory. */
public record SecretLookedUp(boolean cached) implements Event {}
