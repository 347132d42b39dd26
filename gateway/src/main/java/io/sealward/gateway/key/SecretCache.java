package io.sealward.gateway.key;

import io.sealward.crypto.key.WrappingSecret;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Unwrapped secrets, for the cache's time to live after the KMS gave them out, and not longer through use. Callers that
 * ask for the same one while it is fetched share one call, unless the time to live is zero. A failure is not kept.
 */
final class SecretCache {
    private record Key(KeyGroup group, ByteBuffer wrapped, WrapContext context) {
        static Key of(KekWatch.Sample sample) {
            return new Key(sample.group(), ByteBuffer.wrap(sample.wrapped().ciphertext()), sample.context());
        }
    }

    private final KeyEvents events;
    private final SharedResults<Key, WrappingSecret> secrets;
    private final boolean off;

    SecretCache(KeySettings settings, KeyEvents events) {
        this.events = events;
        this.off = settings.cacheTtl().isZero();
        this.secrets = new SharedResults<>(settings);
    }

    CompletionStage<WrappingSecret> get(KekWatch.Sample wrapped, Supplier<CompletionStage<WrappingSecret>> fetch) {
        Key key = Key.of(wrapped);
        events.lookedUp(!off && secrets.contains(key));
        return off ? fetch.get() : secrets.get(key, fetch);
    }

    /** Remembers a secret that was just wrapped: the KMS said yes a moment ago. */
    void put(KekWatch.Sample wrapped, WrappingSecret secret) {
        if (!off) {
            secrets.put(Key.of(wrapped), secret);
        }
    }

    void purge(KeyGroup group) {
        secrets.removeIf(key -> key.group().equals(group));
    }
}
