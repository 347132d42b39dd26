package io.sealward.gateway.object;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.key.Dek;
import io.sealward.gateway.body.ByteSink;
import io.sealward.gateway.flow.Outlet;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.store.StoreResponse;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Content that is read of an object for another one, while its key is open. Used once, on the event loop of the copy. */
public final class SourceContent {
    private final SourceObject source;
    private final StoreClient client;
    private final Stretch stretch;
    private final Optional<ObjectKey> key;
    private Consumer<Throwable> stop = why -> {};

    /** Makes plaintext of the stored bytes from {@code bodyStart} on. */
    @FunctionalInterface
    interface Opening {
        ContentReader from(long bodyStart);
    }

    /**
     * What is read.
     *
     * @param start of the stored bytes
     * @param end of the stored bytes, exclusive
     * @param length plaintext bytes that are in them
     */
    record Stretch(long start, long end, long length, Opening opening) {}

    /** @param key that the content opens under, if it is sealed; the caller's */
    SourceContent(SourceObject source, StoreClient client, Stretch stretch, Optional<ObjectKey> key) {
        this.source = source;
        this.client = client;
        this.stretch = stretch;
        this.key = key;
    }

    /** Plaintext bytes, exactly. */
    public long length() {
        return stretch.length();
    }

    /** Has a copy of all of it keep the checksum that was kept with it, under the key of the copy. */
    public void keepChecksum(StoreRequest put, Dek dek, SecureRandom random) {
        key.flatMap(open -> KeptChecksum.of(source.headers(), open.dek()))
                .ifPresent(sum -> KeptChecksum.keep(sum, put, dek, random));
    }

    /** Who is told that the KEK of the source is withdrawn: see {@link ObjectKey#whenWithdrawn}. */
    public void whenWithdrawn(Consumer<S3Exception> told) {
        key.ifPresent(open -> open.whenWithdrawn(told));
    }

    /**
     * Reads all of it into {@code sink}, which is closed whatever happens, and finished only when all of it has verified.
     * Reading pauses while {@code behind}, where the sink's bytes go, has no room.
     *
     * @return fails with {@link Overwritten} as the cause if it is another object by now
     */
    public CompletionStage<Void> into(ByteSink sink, Outlet behind) {
        if (stretch.end() == stretch.start()) {
            return CompletableFuture.completedStage(sink).thenAccept(nothing -> {
                try (sink) {
                    sink.finish();
                }
            });
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        stop = begun::completeExceptionally;
        return client.fetch(request())
                .thenCompose(fetched -> fetched.then(answered -> {
                    StoreResponse response = answered.response();
                    if (response.status() == 412
                            || (response.successful()
                                    && !ETags.same(response.headers().get(HttpHeaderNames.ETAG, ""), source.etag()))) {
                        throw Overwritten.slowDown();
                    }
                    if (!response.successful()) {
                        return StoreErrors.relay(client, answered);
                    }
                    if (begun.isDone()) { // given up meanwhile
                        return begun;
                    }
                    SourceStream stream = new SourceStream(answered.call(), opened(answered), sink, behind);
                    stop = stream::fail;
                    return stream.start();
                }))
                .whenComplete((done, failure) -> sink.close());
    }

    /** Ends the reading early, wherever it stands. */
    public void giveUp(Throwable why) {
        stop.accept(why);
    }

    private ContentReader opened(StoreClient.Answered answered) {
        StoredObject told = source.stored().within(answered.response());
        if (told.bodyStart() > stretch.start() || told.bodyEnd() < stretch.end()) {
            throw otherRange();
        }
        return stretch.opening().from(told.bodyStart());
    }

    static StoreException otherRange() {
        return new StoreException("the store answered another range than it was asked for");
    }

    private StoreRequest request() {
        S3Request request = source.request();
        StoreRequest get = StoreRequest.of(HttpMethod.GET, request.bucket(), request.key())
                .header(HttpHeaderNames.IF_MATCH, source.etag());
        request.query("versionId").ifPresent(id -> get.query("versionId", id));
        if (stretch.start() > 0 || stretch.end() < source.storedLength()) {
            get.header(HttpHeaderNames.RANGE, "bytes=" + stretch.start() + "-" + (stretch.end() - 1));
        }
        return get;
    }
}
