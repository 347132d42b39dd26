package io.sealward.gateway.key;

import io.sealward.gateway.event.Events;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The one state of each external key, made of what its KMS answers, whoever asked. Thread-safe. */
final class KeyStates {
    private final Events events;
    private final Clock clock;
    private final ConcurrentMap<String, KeyState> states = new ConcurrentHashMap<>();

    KeyStates(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
        events.when(KekCalled.class, this::called);
    }

    Optional<KeyState> of(String externalKeyId) {
        return Optional.ofNullable(states.get(externalKeyId));
    }

    /** Whether a key's KMS has said something within that time. */
    boolean known(String externalKeyId, Duration within) {
        return of(externalKeyId)
                .filter(state -> state.checkedAt().isAfter(clock.instant().minus(within)))
                .isPresent();
    }

    /**
     * What a request wants unwrapped may be made up, or of a version that is gone: that it is denied is a suspicion, and the
     * questions that it causes tell of the key.
     */
    private void called(KekCalled called) {
        boolean suspicion = called.call() == KekCalled.Call.UNWRAP
                && called.failure()
                        .filter(failure -> failure.error().withdrawn())
                        .isPresent();
        if (!suspicion) {
            answered(
                    new KeyStands.Key(
                            called.project().organizationId(),
                            called.kek().externalKeyId(),
                            called.kek().kek().provider()),
                    called.failure());
        }
    }

    /** What does not unwrap is damaged or made up by a client, and says nothing of the key. */
    void answered(KeyStands.Key key, Optional<KmsException> failure) {
        if (failure.isPresent() && failure.get().error() == KmsError.CORRUPT) {
            return;
        }
        states.compute(key.externalKeyId(), (id, known) -> {
            KeyState next =
                    known == null ? KeyState.first(failure, clock.instant()) : known.then(failure, clock.instant());
            events.tell(new KeyStands(key, next));
            return next;
        });
    }

    void forget(String externalKeyId) {
        states.remove(externalKeyId);
    }
}
