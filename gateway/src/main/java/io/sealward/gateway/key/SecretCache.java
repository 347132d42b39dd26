package io.sealward.gateway.key;

import io.sealward.crypto.key.WrappingSecret;
import io.sealward.providers.WrapContext;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Unwrapped secrets, for the cache's time to live after the KMS gave them out, and not longer through use. Callers that
 * ask for the same one while it is fetched share one call. A failure is not kept.
 */
final class SecretCache {
    private record Key(String externalKeyId, ByteBuffer wrapped, WrapContext context) {}

    private final KeyEvents events;
    private final SharedResults<Key, WrappingSecret> secrets;
    private final boolean off;

    SecretCache(KeySettings settings, KeyEvents events) {
        this.events = events;
        this.off = settings.cacheTtl().isZero();
        this.secrets = new SharedResults<>(settings);
    }

    CompletionStage<WrappingSecret> get(
            String externalKeyId,
            byte[] wrapped,
            WrapContext context,
            Supplier<CompletionStage<WrappingSecret>> fetch) {
        Key key = new Key(externalKeyId, ByteBuffer.wrap(wrapped), context);
        events.lookedUp(!off && secrets.contains(key));
        return off ? fetch.get() : secrets.get(key, fetch);
    }

    /** Remembers a secret that was just wrapped: the KMS said yes a moment ago. */
    void put(String externalKeyId, byte[] wrapped, WrapContext context, WrappingSecret secret) {
        if (!off) {
            secrets.put(new Key(externalKeyId, ByteBuffer.wrap(wrapped), context), secret);
        }
    }

    /** The external keys that something is kept of; a set of the caller's own. */
    Set<String> externalKeyIds() {
        return secrets.keys().stream().map(Key::externalKeyId).collect(Collectors.toSet());
    }

    void purge(String externalKeyId) {
        secrets.removeIf(key -> key.externalKeyId().equals(externalKeyId));
    }
}
