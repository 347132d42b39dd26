package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;

/** A question to a key's KMS was answered, and the key stands so now. */
public record KeyStands(Key key, KeyState state) implements Event {
    /**
     * Which key it is about.
     *
     * @param organizationId whose registration it is
     * @param provider as {@link io.sealward.providers.Kek#provider()}
     */
    public record Key(String organizationId, String externalKeyId, String provider) {}
}
