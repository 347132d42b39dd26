package io.sealward.gateway.key;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The one state of each external key. Thread-safe. */
final class KeyStates {
    private final KeyEvents events;
    private final Clock clock;
    private final ConcurrentMap<String, KeyState> states = new ConcurrentHashMap<>();

    KeyStates(KeyEvents events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    Optional<KeyState> of(String externalKeyId) {
        return Optional.ofNullable(states.get(externalKeyId));
    }

    /** What does not unwrap is damaged or made up by a client, and says nothing of the key. */
    void answered(String externalKeyId, String provider, Optional<KmsException> failure) {
        if (failure.isPresent() && failure.get().error() == KmsError.CORRUPT) {
            return;
        }
        states.compute(externalKeyId, (id, known) -> {
            KeyState next = known == null
                    ? new KeyState(clock.instant(), clock.instant(), failure)
                    : known.then(clock.instant(), failure);
            events.stands(id, provider, next);
            return next;
        });
    }

    void forget(String externalKeyId) {
        states.remove(externalKeyId);
    }
}
