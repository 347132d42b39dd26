package io.sealward.gateway.key;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * One KMS call for all who ask for the same while it is under way. Each gets a copy of the secret that is its own to
 * close, or the failure. Thread-safe.
 */
final class SharedCalls<K> {
    private final ConcurrentMap<K, List<CompletableFuture<HeldSecret>>> underWay = new ConcurrentHashMap<>();

    CompletionStage<HeldSecret> join(K key, Supplier<CompletionStage<HeldSecret>> call) {
        CompletableFuture<HeldSecret> own = new CompletableFuture<>();
        List<CompletableFuture<HeldSecret>> all = underWay.compute(key, (same, known) -> {
            List<CompletableFuture<HeldSecret>> waiting = known == null ? new CopyOnWriteArrayList<>() : known;
            waiting.add(own);
            return waiting;
        });
        if (all.get(0) == own) {
            call.get().whenComplete((secret, failure) -> {
                List<CompletableFuture<HeldSecret>> waiting = underWay.remove(key);
                if (failure == null) {
                    waiting.forEach(each -> each.complete(secret.copy()));
                    secret.close();
                } else {
                    waiting.forEach(each -> each.completeExceptionally(failure));
                }
            });
        }
        return own;
    }
}
