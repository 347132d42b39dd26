package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Results of KMS calls: one call for all who ask for the same while it is under way, and its result for a time to live
 * that begins with the call and is not prolonged by use. A failure is told to all who wait, and not kept. Thread-safe.
 */
final class SharedResults<K, V> {
    private final Cache<K, CompletableFuture<V>> results;

    SharedResults(KeySettings settings) {
        this.results = Caffeine.newBuilder()
                .expireAfterWrite(settings.cacheTtl())
                .maximumSize(settings.maxSecrets())
                .executor(Runnable::run)
                .build();
    }

    CompletionStage<V> get(K key, Supplier<CompletionStage<V>> call) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> other = results.asMap().putIfAbsent(key, own);
        if (other != null) {
            return other;
        }
        call.get().whenComplete((value, failure) -> {
            if (failure == null) {
                own.complete(value);
            } else {
                results.asMap().remove(key, own);
                own.completeExceptionally(failure);
            }
        });
        return own;
    }

    void put(K key, V value) {
        results.put(key, CompletableFuture.completedFuture(value));
    }

    boolean contains(K key) {
        return results.getIfPresent(key) != null;
    }

    void removeIf(Predicate<K> condition) {
        results.asMap().keySet().removeIf(condition);
    }
}
