package io.sealward.gateway.object;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.SealedChecksum;
import io.sealward.gateway.body.Checksum;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreRequest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The client's own checksum of an object, which is kept sealed with the object and told to whoever asks. The store's
 * would be of sealed bytes.
 */
public final class KeptChecksum {
    private static final String MODE = "x-amz-checksum-mode";

    private KeptChecksum() {}

    /** Has the store keep it, if the request has not been sent and its metadata leave room: it is worth no refusal. */
    static void keep(Checksum checksum, StoreRequest put, Dek dek, SecureRandom random) {
        String field = SealedChecksum.seal(dek, checksum.text(), random);
        MetadataHeaders.addIfRoom(put, SealedChecksum.FIELD, field);
    }

    /** Whether a request wants to be told, as SDKs do that verify what they read. */
    static boolean asked(S3Request request) {
        return request.header(MODE)
                .filter(mode -> mode.equalsIgnoreCase("ENABLED"))
                .isPresent();
    }

    /** The checksum of a stored object; empty if none was kept, or it is not what was kept. */
    public static Optional<Checksum> of(HttpHeaders stored, Dek dek) {
        return field(stored).flatMap(field -> SealedChecksum.open(dek, field)).flatMap(Checksum::ofText);
    }

    /** The same by the object's own key, if there is one to open; without the key all else can be told. */
    static CompletionStage<Optional<Checksum>> of(
            ObjectKeys keys, S3Request request, StoredObject object, EventLoop loop) {
        if (field(object.headers()).isEmpty()) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return CompletableFuture.completedStage(object.seal().orElseThrow())
                .thenCompose(seal -> keys.open(request.admission(), request.binding(), seal, loop))
                .thenApply(key -> key.once(dek -> of(object.headers(), dek)))
                .exceptionally(withdrawn -> Optional.empty());
    }

    private static Optional<String> field(HttpHeaders stored) {
        return MetadataHeaders.sealEntries(stored).stream()
                .filter(entry -> entry.getKey().equals(SealedChecksum.FIELD))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
