package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries every KEK in use once each canary interval, and at once when a request was denied: unwraps the secret that each
 * {@link KeyGroup} has used last. Where that is denied, everything of the group is dropped: unwrapped secrets, and streams
 * under way. A group is in use while secrets of it may be cached or streams of it are open.
 *
 * <p>A KMS that does not answer is an outage: nothing is dropped, and cached secrets end with their time to live.
 */
final class KekWatch {
    private static final Logger LOG = LoggerFactory.getLogger(KekWatch.class);

    /** Of one KEK, so that a round leaves room for requests in the provider's queue. */
    private static final int ASKED_AT_ONCE = 8;

    /** Longer than it takes from the key of a request to its stream. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    /** A secret that was wrapped or unwrapped, and opened: what to try a KEK with. */
    record Sample(Project project, Keks.Registered kek, WrappedSecret wrapped, WrapContext context) {
        KeyGroup group() {
            return new KeyGroup(kek.externalKeyId(), wrapped.keyVersion(), project.id());
        }
    }

    private record OpenStream(Executor loop, Runnable withdrawn) {}

    private static final class Watched {
        private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
        private volatile Sample sample;
        private volatile long usedAtNanos;
        private volatile boolean cached;
    }

    private final KekCalls calls;
    private final KeyEvents events;
    private final long ttlNanos;
    private final Consumer<KeyGroup> purge;
    private final Ticker ticker;
    private final ConcurrentMap<KeyGroup, Watched> groups = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, CompletableFuture<Void>> rounds = new ConcurrentHashMap<>();

    /**
     * @param ttl how long a secret may be cached after its use
     * @param purge drops the cached secrets of a group
     */
    KekWatch(KekCalls calls, KeyEvents events, Duration ttl, Consumer<KeyGroup> purge, Ticker ticker) {
        this.calls = calls;
        this.events = events;
        this.ttlNanos = ttl.toNanos();
        this.purge = purge;
        this.ticker = ticker;
    }

    /** Remembers what a group used last, to try it with. Called when the secret is in memory, if it is kept. */
    void used(Sample sample) {
        groups.compute(sample.group(), (group, known) -> {
            Watched watched = known == null ? new Watched() : known;
            watched.sample = sample;
            watched.usedAtNanos = ticker.read();
            watched.cached = true;
            return watched;
        });
    }

    /**
     * Calls back on {@code loop} if the group is withdrawn before the returned handle is closed; at once if it has been
     * since its use.
     */
    Watch open(KeyGroup group, Executor loop, Runnable withdrawn) {
        OpenStream stream = new OpenStream(loop, withdrawn);
        Watched watched = groups.computeIfPresent(group, (g, known) -> {
            known.streams.add(stream);
            return known;
        });
        if (watched == null) {
            loop.execute(withdrawn);
            return () -> {};
        }
        return () -> watched.streams.remove(stream);
    }

    /** One round of the canary: tries all that is in use, and forgets what has not been for long. */
    void tryAll() {
        groups.keySet()
                .forEach(group -> groups.computeIfPresent(group, (g, known) -> forgettable(known) ? null : known));
        groups.keySet().stream()
                .collect(Collectors.groupingBy(KeyGroup::externalKeyId))
                .forEach((externalKeyId, members) -> round(externalKeyId, members::stream));
    }

    /**
     * A request was denied: what else is in memory of the key is tried at once, whatever project or version it is of. A
     * burst of denials shares a round. Completes, never exceptionally, when what turned out withdrawn is dropped.
     */
    CompletionStage<Void> suspect(String externalKeyId) {
        CompletableFuture<Void> running = rounds.get(externalKeyId);
        return running == null // one that runs may have asked before the key was withdrawn
                ? round(externalKeyId, () -> of(externalKeyId))
                : running.thenCompose(done -> round(externalKeyId, () -> of(externalKeyId)));
    }

    /** Drops all of a key and forgets it, as if the KMS had said no; nothing happens if it was never used. */
    void withdraw(String externalKeyId, String reason) {
        of(externalKeyId).forEach(group -> {
            Watched watched = groups.remove(group);
            if (watched != null) {
                drop(group, watched, reason);
            }
        });
    }

    /** Tries the groups of a key that are in use, or joins the round that does. */
    private CompletionStage<Void> round(String externalKeyId, Supplier<Stream<KeyGroup>> members) {
        CompletableFuture<Void> own = new CompletableFuture<>();
        CompletableFuture<Void> other = rounds.putIfAbsent(externalKeyId, own);
        if (other != null) {
            return other;
        }
        Queue<KeyGroup> left = new ConcurrentLinkedQueue<>(members.get().toList());
        CompletableFuture.allOf(Stream.generate(() -> tryNext(left))
                        .limit(ASKED_AT_ONCE)
                        .toArray(CompletableFuture[]::new))
                .whenComplete((done, failure) -> {
                    rounds.remove(externalKeyId, own);
                    own.complete(null);
                });
        return own;
    }

    private CompletableFuture<Void> tryNext(Queue<KeyGroup> left) {
        for (KeyGroup group = left.poll(); group != null; group = left.poll()) {
            Watched watched = groups.get(group);
            if (watched != null && inUse(watched)) {
                return ask(group, watched)
                        .handle((done, failure) -> left)
                        .thenCompose(this::tryNext)
                        .toCompletableFuture();
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> ask(KeyGroup group, Watched watched) {
        Sample sample = watched.sample;
        return calls.unwrap(sample.project(), sample.kek(), KeyEvents.Call.CANARY, sample.wrapped(), sample.context())
                .thenAccept(secret -> Arrays.fill(secret, (byte) 0))
                .whenComplete((done, failure) -> {
                    if (KmsFailure.unwrapped(failure) instanceof KmsException e
                            && e.error().withdrawn()) {
                        drop(group, watched, e.getMessage());
                    }
                });
    }

    private void drop(KeyGroup group, Watched watched, String reason) {
        if (!inUse(watched)) {
            return;
        }
        watched.cached = false;
        purge.accept(group);
        int cut = 0;
        for (OpenStream stream : List.copyOf(watched.streams)) {
            if (watched.streams.remove(stream)) {
                stream.loop().execute(stream.withdrawn());
                cut++;
            }
        }
        LOG.warn(
                "{} is withdrawn from {} (version '{}'): {} streams cut. {}",
                group.externalKeyId(),
                group.projectId(),
                group.keyVersion(),
                cut,
                reason);
        events.purged(watched.sample.project(), group.externalKeyId(), reason, cut);
    }

    private Stream<KeyGroup> of(String externalKeyId) {
        return groups.keySet().stream().filter(group -> group.externalKeyId().equals(externalKeyId));
    }

    private boolean inUse(Watched watched) {
        return !watched.streams.isEmpty() || (watched.cached && idleNanos(watched) < ttlNanos);
    }

    private boolean forgettable(Watched watched) {
        return watched.streams.isEmpty() && idleNanos(watched) >= ttlNanos + FORGOTTEN_AFTER.toNanos();
    }

    private long idleNanos(Watched watched) {
        return ticker.read() - watched.usedAtNanos;
    }
}
