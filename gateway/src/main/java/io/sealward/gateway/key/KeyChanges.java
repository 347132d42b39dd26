package io.sealward.gateway.key;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KeyState.Status;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tells when a key has come to stand otherwise: at once, but no more than six times a minute for each key, as one that is
 * granted to one project and denied to another changes with every call; how it stands in the end is told in any case. That
 * a key is active is no news at the gateway's start. Thread-safe.
 */
public final class KeyChanges {
    private static final int MOST_A_MINUTE = 6;
    private static final long MINUTE_MILLIS = 60_000;

    /** What was told last, how often in a minute, and what there is to tell. */
    private record Known(KeyStands newest, Optional<Status> told, long minute, int count) {
        boolean news() {
            return told.map(last -> last != newest.state().status())
                    .orElse(newest.state().status() != Status.ACTIVE);
        }
    }

    private final Events events;
    private final Clock clock;
    private final ConcurrentMap<String, Known> keys = new ConcurrentHashMap<>();

    public KeyChanges(Events events, Clock clock) {
        this.events = events;
        this.clock = clock;
        events.when(KeyStands.class, this::stands);
    }

    private void stands(KeyStands stands) {
        keys.compute(stands.key().externalKeyId(), (id, known) -> {
            Known next = known == null
                    ? new Known(stands, Optional.empty(), minute(), 0)
                    : new Known(stands, known.told(), known.minute(), known.count());
            return told(next);
        });
    }

    /** Tells what had to wait. Called once a second. */
    public void tell() {
        keys.replaceAll((id, known) -> told(known));
    }

    /** The registration is no more. */
    public void forget(String externalKeyId) {
        keys.remove(externalKeyId);
    }

    private Known told(Known known) {
        if (!known.news()) {
            return known.told().isEmpty() ? as(known, known.minute(), known.count()) : known;
        }
        long minute = minute();
        int count = minute == known.minute() ? known.count() : 0;
        if (count == MOST_A_MINUTE) {
            return known;
        }
        KeyState now = known.newest().state();
        events.tell(new KeyChanged(known.newest().key(), known.told(), now));
        return as(known, minute, count + 1);
    }

    private static Known as(Known known, long minute, int count) {
        return new Known(known.newest(), Optional.of(known.newest().state().status()), minute, count);
    }

    private long minute() {
        return clock.millis() / MINUTE_MILLIS;
    }
}
