package io.sealward.gateway.key;

import io.sealward.gateway.event.Events;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The one state of each external key. Thread-safe. */
final class KeyStates {
    private final Events events;
    private final Clock clock;
    private final ConcurrentMap<String, KeyState> states = new ConcurrentHashMap<>();

    KeyStates(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
        events.when(
                KekCalled.class,
                called -> answered(
                        called.kek().externalKeyId(), called.kek().kek().provider(), called.failure()));
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
            events.tell(new KeyStands(id, provider, next));
            return next;
        });
    }

    void forget(String externalKeyId) {
        states.remove(externalKeyId);
    }
}
