package io.sealward.gateway.key;

import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries every KEK in use once each canary interval, and at once when a request was denied: has the sample of each
 * {@link KeyGroup} in use unwrapped, and drops the group where that is denied, or has gone unanswered for the grace. Its
 * calls have a lane of their own at the provider, so that no queue of requests holds them up. Thread-safe.
 */
final class Canary {
    /** Of one KEK. */
    private static final int ASKED_AT_ONCE = 16;

    private final KekCalls calls;
    private final KeyGroups groups;
    /** So that the gateways on one registry do not all ask for a key at the same time. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    private final ConcurrentMap<String, CompletableFuture<Void>> rounds = new ConcurrentHashMap<>();

    Canary(KekCalls calls, KeyGroups groups) {
        this.calls = calls;
        this.groups = groups;
    }

    /** One round over what is in use of those keys whose turn it is. */
    void tryAll(int turn, int turns) {
        groups.inUse().stream()
                .filter(group -> Math.floorMod(group.id().externalKeyId().hashCode() + seed, turns) == turn)
                .collect(Collectors.groupingBy(group -> group.id().externalKeyId()))
                .forEach((externalKeyId, members) -> round(externalKeyId, () -> members));
    }

    /**
     * A request was denied: what else is in use of the key is tried at once, whatever project or version it is of. A
     * burst of denials shares a round. Completes, never exceptionally, when what turned out withdrawn is dropped.
     */
    CompletionStage<Void> suspect(String externalKeyId) {
        Supplier<List<KeyGroup>> members = () -> groups.inUse(externalKeyId);
        CompletableFuture<Void> running = rounds.get(externalKeyId);
        return running == null // one that runs may have asked before the key was withdrawn
                ? round(externalKeyId, members)
                : running.thenCompose(done -> round(externalKeyId, members));
    }

    /** Tries some groups of a key, or joins the round that does. */
    private CompletionStage<Void> round(String externalKeyId, Supplier<? extends Collection<KeyGroup>> members) {
        CompletableFuture<Void> own = new CompletableFuture<>();
        CompletableFuture<Void> other = rounds.putIfAbsent(externalKeyId, own);
        if (other != null) {
            return other;
        }
        Queue<KeyGroup> left = new ConcurrentLinkedQueue<>(members.get());
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
        KeyGroup group = left.poll();
        return group == null
                ? CompletableFuture.completedFuture(null)
                : ask(group).thenCompose(done -> tryNext(left)).toCompletableFuture();
    }

    /** Never fails. */
    private CompletionStage<Void> ask(KeyGroup group) {
        Asked asked = groups.asking();
        return calls.probe(group.sample()).handle((granted, failure) -> {
            if (failure == null) {
                group.granted(asked);
            } else if (StageFailure.cause(failure) instanceof KmsException e
                    && e.error().withdrawn()) {
                groups.drop(group, Drop.denied(e.getMessage()), asked);
            } else {
                group.unanswered(asked, StageFailure.cause(failure).getMessage());
                groups.dropIfOverdue(group);
            }
            return null;
        });
    }
}
