package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.sealward.crypto.frame.PartLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Lets reads that look for the same layout at the same time share one search. Where it fails, those who shared it search for
 * themselves: the reason may be the other's alone, whose client has left or whose credential was revoked. Safe on any thread.
 */
final class SharedSearches<K> {
    private final ConcurrentMap<K, CompletableFuture<PartLayout>> underWay = new ConcurrentHashMap<>();

    /** What the search finds, its own or another's for the same key; completes on {@code loop}. */
    CompletionStage<PartLayout> of(K key, EventLoop loop, Supplier<CompletionStage<PartLayout>> search) {
        CompletableFuture<PartLayout> own = new CompletableFuture<>();
        CompletableFuture<PartLayout> other = underWay.putIfAbsent(key, own);
        if (other != null) {
            return other.whenCompleteAsync((found, failure) -> {}, loop).exceptionallyCompose(failure -> search.get());
        }
        CompletableFuture.completedStage(search).thenCompose(Supplier::get).whenComplete((found, failure) -> {
            underWay.remove(key);
            if (failure == null) {
                own.complete(found);
            } else {
                own.completeExceptionally(failure);
            }
        });
        return own;
    }
}
