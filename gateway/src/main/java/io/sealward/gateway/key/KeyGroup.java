package io.sealward.gateway.key;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that this node holds of what a KMS may deny apart from the rest: the unwrapped secrets, the keys in use, a secret to
 * try the KEK with, and how the KMS stands to it. Thread-safe, and never locked for long.
 *
 * <pre>
 *   GRANTED --no answer--> UNANSWERED --longer than the grace--> dropped
 *      |  ^                  |     |
 *      |  +------granted-----+     +--denied--> dropped
 *      +--denied--> dropped --granted to a new request--> GRANTED
 * </pre>
 *
 * A drop wipes the secrets and tells the keys in use. What the KMS answered to a question from before the drop is refused.
 */
final class KeyGroup {
    /** A version that may be disabled, a project that a policy may name. */
    record Id(String externalKeyId, String keyVersion, String projectId) {}

    /** How the KMS stands to the group; times are those of the questions. */
    private sealed interface State {
        long grantedNanos();

        record Granted(long grantedNanos) implements State {}

        record Unanswered(long grantedNanos, long askedNanos, String reason) implements State {}
    }

    /** What a drop took. */
    record Dropped(Wrapping sample, int keys) {}

    private final Id id;
    private final Secrets secrets;
    private final Set<ObjectKey> keys = new HashSet<>();
    private Wrapping sample;
    private State state;
    private long usedNanos;
    private int wrapsSinceProof;
    private long droppedAt;
    private Drop lastDrop;

    /** A group whose first secret was granted just now. */
    KeyGroup(HeldSecret first, Secrets secrets) {
        this.id = first.wrapping().group();
        this.sample = first.wrapping();
        this.state = new State.Granted(first.asked().nanos());
        this.secrets = secrets;
    }

    Id id() {
        return id;
    }

    /** What to try the KEK with: the secret that opened or was wrapped last. */
    synchronized Wrapping sample() {
        return sample;
    }

    synchronized boolean inUse() {
        return !keys.isEmpty() || !secrets.isEmpty();
    }

    /** Counts a wrap; whether it is to be proven, as the {@code each}th since the last that was. */
    synchronized boolean proofDue(int each) {
        wrapsSinceProof = (wrapsSinceProof + 1) % each;
        return wrapsSinceProof == 0;
    }

    /** The KMS has wrapped wrongly: nothing is believed until it has wrapped well. */
    synchronized void distrust(int each) {
        wrapsSinceProof = each - 1;
    }

    synchronized Optional<HeldSecret> find(Wrapping.Id secret, Asked now) {
        return secrets.find(secret, now.nanos()).map(kept -> kept.copy(now));
    }

    /** Becomes the owner of a secret that the KMS has granted. */
    synchronized void keep(HeldSecret secret, long now) {
        require(secret);
        granted(secret.asked());
        sample = secret.wrapping();
        usedNanos = now;
        secrets.keep(secret, now);
    }

    /** Takes a key into use until it is released. */
    synchronized void hold(ObjectKey key, HeldSecret secret, long now) {
        require(secret);
        sample = secret.wrapping();
        usedNanos = now;
        keys.add(key);
        key.heldUntil(() -> release(key));
    }

    private synchronized void release(ObjectKey key) {
        keys.remove(key);
    }

    private void require(HeldSecret secret) {
        if (secret.asked().drops() < droppedAt) {
            throw lastDrop.answer();
        }
    }

    synchronized void granted(Asked asked) {
        if (asked.drops() < droppedAt) {
            return;
        }
        long latest = later(state.grantedNanos(), asked.nanos());
        state = state instanceof State.Unanswered unanswered && unanswered.askedNanos() - asked.nanos() >= 0
                ? new State.Unanswered(latest, unanswered.askedNanos(), unanswered.reason())
                : new State.Granted(latest);
    }

    synchronized void unanswered(Asked asked, String reason) {
        if (asked.drops() >= droppedAt && asked.nanos() - state.grantedNanos() >= 0) {
            state = new State.Unanswered(state.grantedNanos(), asked.nanos(), reason);
        }
    }

    /** Why the group is to be dropped, if its KMS has been silent for the grace. */
    synchronized Optional<Drop> overdue(long now, Duration grace) {
        return inUse()
                        && state instanceof State.Unanswered unanswered
                        && now - unanswered.grantedNanos() >= grace.toNanos()
                ? Optional.of(Drop.unanswered(unanswered.reason()))
                : Optional.empty();
    }

    /**
     * Drops all that is held; empty if that is nothing, or if the group was dropped since.
     *
     * @param asked when the question was, whose answer this is
     * @param number of this drop among all of the node
     */
    synchronized Optional<Dropped> drop(Drop why, Asked asked, long number) {
        if (asked.drops() < droppedAt) {
            return Optional.empty();
        }
        droppedAt = number;
        lastDrop = why;
        if (!inUse()) {
            return Optional.empty();
        }
        secrets.clear();
        List<ObjectKey> cut = List.copyOf(keys);
        keys.clear();
        cut.forEach(key -> key.withdraw(why.answer()));
        return Optional.of(new Dropped(sample, cut.size()));
    }

    /** Wipes secrets that have outlived their time. */
    synchronized void expire(long now) {
        secrets.expire(now);
    }

    synchronized boolean idleFor(Duration time, long now) {
        return !inUse() && now - usedNanos >= time.toNanos();
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}
