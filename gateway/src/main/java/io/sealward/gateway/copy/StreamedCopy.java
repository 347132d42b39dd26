package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.budget.RequestMemory;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.FreshKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.SealedUpload;
import io.sealward.gateway.object.SourceContent;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.object.SourceReads;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreException;
import io.sealward.gateway.store.StoreRequest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Opens an object and seals it anew under a DEK of its own, on the way from the store to the store. */
final class StreamedCopy {
    private final SourceReads sources;
    private final FolderWrites folders;
    private final SealedUpload upload;
    private final ObjectKeys keys;
    private final SecureRandom random;

    StreamedCopy(SourceReads sources, FolderWrites folders, SealedUpload upload, ObjectKeys keys, SecureRandom random) {
        this.sources = sources;
        this.folders = folders;
        this.upload = upload;
        this.keys = keys;
        this.random = random;
    }

    CompletionStage<Response> run(Copying copy, Directives directives, SourceObject source) {
        S3Request request = copy.request();
        return sources.open(source, Optional.empty(), copy.exchange(), content -> {
            CopyLimits.require(content.length());
            if (content.length() > 0) {
                folders.requireContentAllowed(request);
            }
            return withRoom(copy, content, () -> keys.create(request.admission(), request.binding(), copy.loop())
                    .thenCompose(key -> key.during(() -> {
                        StoreRequest put = request(copy, directives, source, content, key);
                        content.keepChecksum(put, key.dek(), random);
                        return tag(put, copy, directives, source)
                                .thenCompose(tagged -> put(copy, source, content, key, put));
                    })));
        });
    }

    /** Does what needs the room of a stream, which ends if the client leaves. */
    static <T> CompletionStage<T> withRoom(Copying copy, SourceContent content, Supplier<CompletionStage<T>> work) {
        Budget.Lease room = copy.exchange().borrow(RequestMemory.ofStream(content.length()));
        copy.exchange().whenLeft(() -> content.giveUp(new StoreException("nobody waits for the copy any more")));
        return CompletableFuture.completedStage(work)
                .thenCompose(Supplier::get)
                .whenComplete((done, failure) -> room.close());
    }

    private static boolean marker(Copying copy, SourceContent content) {
        return content.length() == 0 && FolderKeys.include(copy.request().key());
    }

    private static StoreRequest request(
            Copying copy, Directives directives, SourceObject source, SourceContent content, FreshKey key) {
        S3Request request = copy.request();
        EncryptionHeaders.check(request.headers(), key.kek());
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .headers(MetadataHeaders.toStore(
                        directives.described(request, source),
                        request.headers(),
                        key.seal(marker(copy, content) ? Layout.EMPTY : Layout.SINGLE)));
        Conditions.ofWrite(request.headers(), put);
        return put;
    }

    private static CompletionStage<Void> tag(
            StoreRequest put, Copying copy, Directives directives, SourceObject source) {
        return directives.replacesTags()
                ? CompletableFuture.completedStage(null)
                : SourceTags.of(copy, source).thenAccept(tags -> tags.ifPresent(t -> put.header("x-amz-tagging", t)));
    }

    private CompletionStage<Response> put(
            Copying copy, SourceObject source, SourceContent content, FreshKey key, StoreRequest put) {
        S3Request request = copy.request();
        PartSealer sealer = marker(copy, content)
                ? PartSealer.ofEmpty(key.dek(), random)
                : PartSealer.ofObject(key.dek(), content.length(), random);
        long sealedLength = sealer.sealedLength();
        return upload.run(copy.exchange(), copy.admission(), put, new SealedUpload.Resealing(content, sealer, key))
                .thenCompose(stored -> folders.requireKept(request, copy.exchange(), sealedLength)
                        .thenApply(kept -> answer(stored).toResponse("CopyObjectResult", source, key.kek())));
    }

    private static CopyAnswer answer(HttpHeaders stored) {
        return CopyAnswer.now(ETags.toClient(stored.get(HttpHeaderNames.ETAG, "")), stored);
    }
}
