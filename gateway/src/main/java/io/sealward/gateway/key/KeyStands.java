package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;

/** A question to a key's KMS was answered, and the key stands so now. */
public record KeyStands(String externalKeyId, String provider, KeyState state) implements Event {}
