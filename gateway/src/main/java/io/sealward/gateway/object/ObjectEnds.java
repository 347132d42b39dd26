package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.format.Format;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The first frame of an object and its terminator, asked for beside the range, when nothing is known of the object yet.
 * What comes of it is a gift: it is taken if it is of the object that the range turns out to be of, and else left.
 */
record ObjectEnds(List<CompletionStage<Optional<Piece>>> pieces) {
    /** An answer, and the stretch of the object that is in it. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Piece(StoredObject object, byte[] bytes) {
        boolean isOf(StoredObject other, long offset, int length) {
            return ETags.same(object.etag(), other.etag())
                    && object.storedLength() == other.storedLength()
                    && object.bodyStart() == offset
                    && bytes.length == length;
        }
    }

    static ObjectEnds none() {
        return new ObjectEnds(List.of());
    }

    static ObjectEnds ask(StoreClient client, S3Request request) {
        return new ObjectEnds(List.of(
                ask(client, request, "bytes=0-" + (Format.WRITTEN.geometry().frameSealed() - 1)),
                ask(client, request, "bytes=-" + Format.WRITTEN.geometry().frameOverhead())));
    }

    private static CompletionStage<Optional<Piece>> ask(StoreClient client, S3Request request, String range) {
        StoreRequest get =
                StoreRequest.of(HttpMethod.GET, request.bucket(), request.key()).header(HttpHeaderNames.RANGE, range);
        request.query("versionId").ifPresent(id -> get.query("versionId", id));
        return client.fetch(get)
                .thenCompose(fetched -> fetched.then(answered ->
                        client.collect(answered, Format.WRITTEN.geometry().frameSealed())))
                .thenApply(read -> read.response().successful()
                        ? Optional.of(new Piece(StoredObject.of(read.response()), read.body()))
                        : Optional.<Piece>empty())
                .exceptionally(failure -> Optional.empty());
    }

    /** That stretch of that object; empty if it is not among what has come. */
    CompletionStage<Optional<byte[]>> read(StoredObject object, long offset, int length) {
        CompletionStage<Optional<byte[]>> found = CompletableFuture.completedStage(Optional.empty());
        for (CompletionStage<Optional<Piece>> piece : pieces) {
            found = found.thenCombine(
                    piece,
                    (before, read) -> before.or(() ->
                            read.filter(p -> p.isOf(object, offset, length)).map(Piece::bytes)));
        }
        return found;
    }
}
