package io.sealward.gateway.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.FrameHeader;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartWalk;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreClients;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where the parts of multipart objects lie. Known from the upload where this node completed it; else two reads of a
 * frame header each find equal parts, and one more for each part finds others. Remembered by ETag, so that an overwritten
 * object is another one. Nothing here is secret; the frames are held against it as they open.
 */
public final class Layouts {
    private static final long MAX_PARTS_REMEMBERED = 1_000_000;

    private record Version(Place place, String etag) {}

    private final StoreClients clients;
    private final Cache<Version, PartLayout> known = Caffeine.newBuilder()
            .maximumWeight(MAX_PARTS_REMEMBERED)
            .weigher((Version version, PartLayout layout) -> layout.equalParts() ? 1 : layout.partCount())
            .executor(Runnable::run)
            .build();

    public Layouts(StoreClients clients) {
        this.clients = clients;
    }

    /** Remembers the layout of an object this node has just completed. */
    public void completed(Place place, String etag, PartLayout layout) {
        known.put(new Version(place, etag), layout);
    }

    /** The layout of a multipart object; completes on {@code loop}. */
    CompletionStage<PartLayout> find(Place place, Optional<String> versionId, StoredObject object, EventLoop loop) {
        Version version = new Version(place, object.etag());
        PartLayout layout = known.getIfPresent(version);
        if (layout != null) {
            return CompletableFuture.completedStage(layout);
        }
        HeaderReader headers = new HeaderReader(clients.on(loop), place, versionId, object.etag());
        CompletionStage<FrameHeader> first = headers.at(0);
        CompletionStage<FrameHeader> last = headers.at(object.storedLength() - SealedLength.FRAME_OVERHEAD);
        return first.thenCombine(last, (f, l) -> PartLayout.discover(f, l, object.storedLength()))
                .thenCompose(found -> found.map(CompletableFuture::completedStage)
                        .orElseGet(() -> walk(new PartWalk(object.storedLength()), headers)))
                .thenApply(found -> {
                    known.put(version, found);
                    return found;
                });
    }

    private static CompletionStage<PartLayout> walk(PartWalk walk, HeaderReader headers) {
        return headers.at(walk.nextOffset()).thenCompose(header -> {
            try {
                walk.accept(header);
            } catch (SealException e) {
                throw new BrokenSeal(e).toS3();
            }
            return walk.done() ? CompletableFuture.completedStage(walk.layout()) : walk(walk, headers);
        });
    }

    /** Reads single frame headers of one version of an object. */
    private record HeaderReader(StoreClient client, Place place, Optional<String> versionId, String etag) {
        CompletionStage<FrameHeader> at(long offset) {
            StoreRequest get = StoreRequest.of(HttpMethod.GET, place.bucket(), place.key())
                    .header(HttpHeaderNames.IF_MATCH, etag)
                    .header(HttpHeaderNames.RANGE, "bytes=" + offset + "-" + (offset + FrameHeader.BYTES - 1));
            versionId.ifPresent(id -> get.query("versionId", id));
            return client.fetch(get)
                    .thenCompose(fetched -> fetched.then(answered -> {
                        if (answered.response().status() == 412) { // overwritten in between
                            throw new S3Exception(S3Error.SLOW_DOWN);
                        }
                        return answered.response().successful()
                                ? client.collect(answered, FrameHeader.BYTES).thenApply(header -> parse(header.body()))
                                : StoreErrors.relay(client, answered);
                    }));
        }

        private static FrameHeader parse(byte[] body) {
            try {
                if (body.length != FrameHeader.BYTES) {
                    throw new SealException.Truncated("a frame header is cut");
                }
                return FrameHeader.parse(body, 0);
            } catch (SealException e) {
                throw new BrokenSeal(e).toS3();
            }
        }
    }

    /** The plaintext length where arithmetic gives it. */
    static long plaintextLength(long storedLength) {
        return SealedLength.objectToPlain(storedLength)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INTERNAL_ERROR, "The stored object is cut: no sealed object has its length."));
    }
}
