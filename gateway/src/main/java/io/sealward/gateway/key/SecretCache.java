package io.sealward.gateway.key;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Unwrapped secrets, for the cache's time to live after the KMS gave them out, and not longer through use. Callers that
 * ask for the same one while it is fetched share one call. A failure is not kept.
 */
final class SecretCache {
    private record Key(String externalKeyId, ByteBuffer wrapped, WrapContext context) {}

    private final KeyEvents events;
    private final AsyncCache<Key, WrappingSecret> secrets;
    private final boolean off;

    SecretCache(KeySettings settings, KeyEvents events) {
        this.events = events;
        this.off = settings.cacheTtl().isZero();
        this.secrets = Caffeine.newBuilder()
                .expireAfterWrite(settings.cacheTtl())
                .maximumSize(settings.maxSecrets())
                .executor(Runnable::run)
                .buildAsync();
    }

    CompletionStage<WrappingSecret> get(
            String externalKeyId,
            byte[] wrapped,
            WrapContext context,
            Supplier<CompletionStage<WrappingSecret>> fetch) {
        if (off) {
            events.lookedUp(false);
            return fetch.get();
        }
        Key key = new Key(externalKeyId, ByteBuffer.wrap(wrapped), context);
        CompletableFuture<WrappingSecret> present = secrets.getIfPresent(key);
        events.lookedUp(present != null);
        return present != null
                ? present
                : secrets.get(key, (k, executor) -> fetch.get().toCompletableFuture());
    }

    /** Remembers a secret that was just wrapped: the KMS said yes a moment ago. */
    void put(String externalKeyId, byte[] wrapped, WrapContext context, WrappingSecret secret) {
        if (!off) {
            secrets.put(
                    new Key(externalKeyId, ByteBuffer.wrap(wrapped), context),
                    CompletableFuture.completedFuture(secret));
        }
    }

    boolean holds(String externalKeyId) {
        secrets.synchronous().cleanUp();
        return secrets.asMap().keySet().stream()
                .anyMatch(key -> key.externalKeyId().equals(externalKeyId));
    }

    void purge(String externalKeyId) {
        secrets.asMap().keySet().removeIf(key -> key.externalKeyId().equals(externalKeyId));
    }
}
