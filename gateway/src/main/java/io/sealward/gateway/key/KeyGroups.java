package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link KeyGroup}s of this node. Drops are numbered, and each question remembers how many there had been: an answer
 * that comes after its group was dropped is known by that, whatever was asked and however long it took. Thread-safe.
 */
final class KeyGroups {
    private static final Logger LOG = LoggerFactory.getLogger(KeyGroups.class);

    /** A group that nothing has used for so long is forgotten: longer than any KMS call takes, as the group refuses late answers. */
    private static final Duration IDLE_BEFORE_FORGOTTEN = Duration.ofMinutes(5);

    private final KeySettings settings;
    private final Events events;
    private final Ticker ticker;
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong room;
    private final ConcurrentMap<KeyGroup.Id, KeyGroup> groups = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> withdrawnAt = new ConcurrentHashMap<>();

    KeyGroups(KeySettings settings, Events events, Ticker ticker) {
        this.settings = settings;
        this.events = events;
        this.ticker = ticker;
        this.room = new AtomicLong(settings.maxSecrets());
    }

    /** A question that is asked now. */
    Asked asking() {
        return new Asked(drops.get(), ticker.read());
    }

    /** How long ago a question was asked. */
    Duration since(Asked asked) {
        return Duration.ofNanos(ticker.read() - asked.nanos());
    }

    /** A copy of a secret that is in memory, for the caller to close. */
    Optional<HeldSecret> find(Wrapping wrapping) {
        Asked now = asking();
        return Optional.ofNullable(groups.get(wrapping.group())).flatMap(group -> group.find(wrapping.id(), now));
    }

    /** Whether what many objects are to be sealed with is unwrapped before: always, unless nothing is. */
    boolean proves(KeyGroup.Id id) {
        return settings.provenWraps() > 0;
    }

    /** Whether what was wrapped now is to be unwrapped before it is used: the first of a group, and then one of so many. */
    boolean proofDue(KeyGroup.Id id) {
        KeyGroup group = groups.get(id);
        return proves(id) && (group == null || group.proofDue(settings.provenWraps()));
    }

    /** What was wrapped did not prove right: the next is to be proven, too. */
    void distrust(KeyGroup.Id id) {
        Optional.ofNullable(groups.get(id)).ifPresent(group -> group.distrust(settings.provenWraps()));
    }

    /**
     * Becomes the owner of a secret that the KMS has granted.
     *
     * @throws S3Exception if the group was dropped since the KMS was asked
     */
    void keep(HeldSecret secret) {
        try {
            groups.compute(secret.wrapping().group(), (id, known) -> {
                KeyGroup group = admitting(secret, known);
                group.keep(secret, ticker.read());
                return group;
            });
        } catch (S3Exception refused) {
            secret.close();
            throw refused;
        }
    }

    /**
     * Takes a key into use that the secret has opened or will seal.
     *
     * @throws S3Exception if the group was dropped since the KMS was asked
     */
    void hold(ObjectKey key, HeldSecret secret) {
        groups.compute(secret.wrapping().group(), (id, known) -> {
            KeyGroup group = admitting(secret, known);
            group.hold(key, secret, ticker.read());
            return group;
        });
    }

    private KeyGroup admitting(HeldSecret secret, KeyGroup known) {
        if (secret.asked().drops()
                < withdrawnAt.getOrDefault(secret.wrapping().group().externalKeyId(), 0L)) {
            throw Drop.denied("").answer();
        }
        return known == null ? new KeyGroup(secret, new Secrets(settings.cacheTtl(), room)) : known;
    }

    List<KeyGroup> inUse() {
        return groups.values().stream().filter(KeyGroup::inUse).toList();
    }

    List<KeyGroup> inUse(String externalKeyId) {
        return of(externalKeyId).filter(KeyGroup::inUse).toList();
    }

    int known() {
        return groups.size();
    }

    private Stream<KeyGroup> of(String externalKeyId) {
        return groups.values().stream()
                .filter(group -> group.id().externalKeyId().equals(externalKeyId));
    }

    /** Drops a group, unless it was dropped since the question that brought the reason. */
    void drop(KeyGroup group, Drop why, Asked asked) {
        group.drop(why, asked, drops.incrementAndGet()).ifPresent(dropped -> tell(group.id(), why, dropped));
    }

    /** Drops all groups of a key, and refuses what was asked for any of them before, known here or not. */
    void withdraw(String externalKeyId, String reason) {
        Drop why = Drop.denied(reason);
        long number = drops.incrementAndGet();
        withdrawnAt.put(externalKeyId, number); // before the look, so that whoever comes in between is refused or seen
        Asked now = asking();
        of(externalKeyId)
                .forEach(group -> group.drop(why, now, number).ifPresent(dropped -> tell(group.id(), why, dropped)));
    }

    /** Wipes secrets whose time is over, drops what has gone unanswered for too long, and forgets what is not used. */
    void tend() {
        long now = ticker.read();
        groups.forEach((id, group) -> {
            group.expire(now);
            dropIfOverdue(group);
            groups.computeIfPresent(id, (same, known) -> known.idleFor(IDLE_BEFORE_FORGOTTEN, now) ? null : known);
        });
    }

    void dropIfOverdue(KeyGroup group) {
        group.overdue(ticker.read(), settings.outageGrace()).ifPresent(why -> drop(group, why, asking()));
    }

    private void tell(KeyGroup.Id id, Drop why, KeyGroup.Dropped dropped) {
        LOG.warn(
                "{} is withdrawn from {} (version '{}'): {} streams cut. {}",
                id.externalKeyId(),
                id.projectId(),
                id.keyVersion(),
                dropped.keys(),
                why.reason());
        events.tell(new KeyPurged(dropped.sample().project(), id.externalKeyId(), why.reason(), dropped.keys()));
    }
}
