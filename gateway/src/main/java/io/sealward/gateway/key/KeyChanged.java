package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;
import java.util.Optional;

/**
 * A key stands otherwise than was told last.
 *
 * @param before empty if nothing has been told of it since the gateway's start
 */
public record KeyChanged(KeyStands.Key key, Optional<KeyState.Status> before, KeyState now) implements Event {}
