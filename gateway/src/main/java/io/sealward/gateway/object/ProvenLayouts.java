package io.sealward.gateway.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.EventLoop;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Where the parts of objects lie, as frames that have opened or receipts for all parts have proven: what a ranged read
 * rests on. A layout holds for an ETag, a length, and the commitment to a DEK, so that a store cannot put another object of
 * the same name under it. Of an object of one PutObject, each frame of which proves itself, it says that much. Thread-safe.
 */
final class ProvenLayouts {
    private static final long MAX_BYTES_REMEMBERED = 16 << 20;

    /** What a request addresses. */
    record At(Place place, Optional<String> versionId) {
        static At of(S3Request request) {
            return new At(request.place(), request.query("versionId"));
        }
    }

    /** @param etag without quotes: not every store gives them wherever it says one */
    record Version(String etag, long sealedLength, ByteBuffer commitment) {
        static Version of(String etag, long sealedLength, byte[] commitment) {
            return new Version(ETags.unquoted(etag), sealedLength, ByteBuffer.wrap(commitment));
        }

        static Version of(StoredObject object) {
            return of(
                    object.etag(),
                    object.storedLength(),
                    object.seal().orElseThrow().commitment());
        }
    }

    private record Known(Version version, PartLayout parts) {}

    private record Search(At at, Version version) {}

    private final Cache<At, Known> known = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES_REMEMBERED)
            .weigher(ProvenLayouts::bytes)
            .executor(Runnable::run)
            .build();
    private final SharedSearches<Search> searches = new SharedSearches<>();

    /** In memory: an estimate from above. */
    private static int bytes(At at, Known of) {
        int chars = at.place().bucket().length()
                + at.place().key().length()
                + at.versionId().map(String::length).orElse(0)
                + of.version().etag().length();
        return 600 + 2 * chars + (of.parts().equalParts() ? 0 : 16 * of.parts().partCount());
    }

    /** The layout of what was last read there: a guess at what is there now. */
    Optional<PartLayout> last(At at) {
        return Optional.ofNullable(known.getIfPresent(at)).map(Known::parts);
    }

    void remember(At at, Version version, PartLayout parts) {
        known.put(at, new Known(version, parts));
    }

    void forget(At at) {
        known.invalidate(at);
    }

    /**
     * The layout of an object; completes on {@code loop}. Reads at the same time share one proof.
     *
     * @param proof finds it where it is not remembered
     */
    CompletionStage<PartLayout> of(
            At at, Version version, EventLoop loop, Supplier<CompletionStage<PartLayout>> proof) {
        Known remembered = known.getIfPresent(at);
        if (remembered != null && remembered.version().equals(version)) {
            return CompletableFuture.completedStage(remembered.parts());
        }
        return searches.of(new Search(at, version), loop, () -> proof.get().thenApply(found -> {
            remember(at, version, found);
            return found;
        }));
    }
}
