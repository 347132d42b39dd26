package io.sealward.gateway.key;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The unwrapped secrets of one group, each for a time to live that begins when its KMS was asked and is not prolonged by
 * use. What ends here is wiped. Guarded by the group.
 */
final class Secrets {
    private final long ttlNanos;
    private final AtomicLong room;
    private final Map<Wrapping.Id, HeldSecret> byId = new LinkedHashMap<>();

    /** @param room how many more secrets the groups of this node together may keep */
    Secrets(Duration ttl, AtomicLong room) {
        this.ttlNanos = ttl.toNanos();
        this.room = room;
    }

    /** Becomes the owner of the secret, and keeps it if there is time and room. */
    void keep(HeldSecret secret, long now) {
        Wrapping.Id id = secret.wrapping().id();
        if (!alive(secret, now) || byId.containsKey(id) || !takeRoom()) {
            secret.close();
        } else {
            byId.put(id, secret);
        }
    }

    /** Where there is no room left, a group gives up its own oldest. */
    private boolean takeRoom() {
        if (room.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
            return true;
        }
        Iterator<HeldSecret> oldest = byId.values().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        oldest.next().close();
        oldest.remove();
        return true;
    }

    Optional<HeldSecret> find(Wrapping.Id id, long now) {
        return Optional.ofNullable(byId.get(id)).filter(secret -> alive(secret, now));
    }

    /** Wipes what has outlived its time. */
    void expire(long now) {
        Iterator<HeldSecret> oldest = byId.values().iterator();
        while (oldest.hasNext()) {
            HeldSecret secret = oldest.next();
            if (alive(secret, now)) {
                return;
            }
            end(secret, oldest);
        }
    }

    void clear() {
        for (Iterator<HeldSecret> all = byId.values().iterator(); all.hasNext(); ) {
            end(all.next(), all);
        }
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    private void end(HeldSecret secret, Iterator<HeldSecret> at) {
        secret.close();
        at.remove();
        room.incrementAndGet();
    }

    private boolean alive(HeldSecret secret, long now) {
        return now - secret.asked().nanos() < ttlNanos;
    }
}
