package io.sealward.gateway.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sealward.crypto.format.Format;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartWalk;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.Asker;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.tenant.Admission;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds and remembers where the parts of multipart objects lie, as the store claims it: enough for HEAD, and for whole reads,
 * which hold every frame against the layout and against each other. Ranged reads rest on {@link ProvenLayouts} instead.
 *
 * <p>A node knows the layout of an upload that it completed. Of another object it reads two frame headers, which are enough
 * where the parts are equally long, and else one more for each part. No key is needed. A layout is remembered by ETag and
 * length, so an object that was overwritten is another one. Thread-safe.
 */
public final class PartLayouts {
    private static final long MAX_BYTES_REMEMBERED = 16 << 20;

    /** @param etag without quotes: not every store gives them wherever it says one */
    private record Version(Place place, String etag, long sealedLength) {
        static Version of(Place place, String etag, long sealedLength) {
            return new Version(place, ETags.unquoted(etag), sealedLength);
        }

        /** In memory, with its layout: an estimate from above. */
        int bytes(PartLayout layout) {
            int chars = place.bucket().length() + place.key().length() + etag.length();
            return 500 + 2 * chars + (layout.equalParts() ? 0 : 16 * layout.partCount());
        }
    }

    private final StoreClients clients;
    private final Cache<Version, PartLayout> known = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES_REMEMBERED)
            .weigher(Version::bytes)
            .executor(Runnable::run)
            .build();
    private final SharedSearches<Version> searches = new SharedSearches<>();
    private final ProvenLayouts proven = new ProvenLayouts();

    public PartLayouts(StoreClients clients) {
        this.clients = clients;
    }

    /** The store, for more of an object. */
    StoreClient client(Asker asker, Admission admission) {
        return clients.on(asker, admission);
    }

    /** The layouts that frames have proven. */
    ProvenLayouts proven() {
        return proven;
    }

    /**
     * Remembers the layout of an object this node has just completed from receipts for all of its parts.
     *
     * @param commitment of the object
     */
    public void proven(Place place, String etag, PartLayout layout, byte[] commitment) {
        proven.remember(
                new ProvenLayouts.At(place, Optional.empty()),
                ProvenLayouts.Version.of(etag, layout.sealedLength(), commitment),
                layout);
    }

    /** Remembers the layout of an object this node has just completed. */
    public void completed(Place place, String etag, PartLayout layout) {
        known.put(Version.of(place, etag, layout.sealedLength()), layout);
    }

    /** The frames of this object were not where its layout says: whatever was read of it, it may have been changed. */
    void forget(Place place, StoredObject object) {
        known.invalidate(Version.of(place, object.etag(), object.storedLength()));
    }

    /** The layout of a multipart object; completes on the loop of {@code asker}. Reads at the same time share one search. */
    CompletionStage<PartLayout> find(
            Place place, Optional<String> versionId, StoredObject object, Asker asker, Admission admission) {
        Version version = Version.of(place, object.etag(), object.storedLength());
        PartLayout layout = known.getIfPresent(version);
        if (layout != null) {
            return CompletableFuture.completedStage(layout);
        }
        if (object.storedLength() < object.geometry().frameOverhead()) {
            throw ofImpossibleLength();
        }
        return searches.of(
                version, asker.eventLoop(), () -> search(place, versionId, object, clients.on(asker, admission))
                        .thenApply(found -> {
                            known.put(version, found);
                            return found;
                        }));
    }

    private CompletionStage<PartLayout> search(
            Place place, Optional<String> versionId, StoredObject object, StoreClient client) {
        HeaderReader headers = new HeaderReader(
                new Stretches(client, place, versionId, object.etag()),
                object.seal().orElseThrow().format());
        CompletionStage<FrameHeader> first = headers.at(0);
        CompletionStage<FrameHeader> last =
                headers.at(object.storedLength() - object.geometry().frameOverhead());
        return first.thenCombine(last, (f, l) -> PartLayout.discover(f, l, object.storedLength()))
                .thenCompose(found -> found.map(CompletableFuture::completedStage)
                        .orElseGet(() -> walk(new PartWalk(object.geometry(), object.storedLength()), headers)));
    }

    private static CompletionStage<PartLayout> walk(PartWalk walk, HeaderReader headers) {
        return headers.at(walk.nextOffset()).thenCompose(header -> {
            try {
                walk.accept(header);
            } catch (SealException e) {
                throw BrokenSeal.of(e);
            }
            return walk.done() ? CompletableFuture.completedStage(walk.layout()) : walk(walk, headers);
        });
    }

    /** Reads single frame headers of one version of an object. */
    private record HeaderReader(Stretches object, Format format) {
        CompletionStage<FrameHeader> at(long offset) {
            return object.read(offset, FrameHeader.BYTES)
                    .thenApply(this::parse)
                    .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                            Overwritten.isCauseOf(failure) ? new S3Exception(S3Error.SLOW_DOWN) : failure));
        }

        private FrameHeader parse(byte[] header) {
            try {
                return FrameHeader.parse(format, header, 0);
            } catch (SealException e) {
                throw BrokenSeal.of(e);
            }
        }
    }

    /** The plaintext length where arithmetic gives it, of an object that has frames. */
    static long plaintextLength(StoredObject object) {
        if (object.storedLength() == 0) {
            throw ofImpossibleLength();
        }
        return object.geometry().objectToPlain(object.storedLength()).orElseThrow(PartLayouts::ofImpossibleLength);
    }

    private static S3Exception ofImpossibleLength() {
        return BrokenSeal.of(new SealException.Truncated("no sealed object has the length of this one"));
    }
}
