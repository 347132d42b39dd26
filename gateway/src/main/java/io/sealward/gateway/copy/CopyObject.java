package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.Overwritten;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.object.SourceReads;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.CopySource;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.FolderKeys;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * CopyObject: by the store, under a new seal, where what is copied is sealed under the KEK that the project seals with now;
 * else through the gateway. If the source changes meanwhile, it begins again.
 */
final class CopyObject implements Operation {
    private static final int ATTEMPTS = 3;
    private static final int NOT_FOUND = 404;

    private static final Declaration DECLARATION = new Declaration(
            "CopyObject",
            Route.of(HttpMethod.PUT, Place.Level.OBJECT).selectedBy(CopySource.HEADER),
            Rights.ofNewObject().readingSource("s3:GetObject", "s3:GetObjectVersion"),
            Accepts.headers(
                    AcceptedHeaders.ofNewObject(CopySource.headersAnd(Directives.METADATA, Directives.TAGGING))),
            Treatment.sealed(
                    "by the store, under a new seal; between projects as policies allow; conditions, directives, versions"));

    private final Documents documents;
    private final ObjectKeys keys;
    private final SourceReads sources;
    private final StoreCopy byStore;
    private final StreamedCopy through;

    CopyObject(Documents documents, ObjectKeys keys, SourceReads sources, StoreCopy byStore, StreamedCopy through) {
        this.documents = documents;
        this.keys = keys;
        this.sources = sources;
        this.byStore = byStore;
        this.through = through;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        request.refuse("partNumber", "versionId");
        return sources.of(request, DECLARATION.rights()).thenCompose(source -> copy(request, source, exchange));
    }

    private CompletionStage<Void> copy(S3Request request, S3Request source, Exchange exchange) {
        Directives directives = Directives.of(request, source);
        return documents.serve(
                Copying.admission(request, source),
                exchange,
                own -> own.respondLate(attempt(new Copying(request, source, exchange, own), directives, 1)));
    }

    private CompletionStage<Response> attempt(Copying copy, Directives directives, int number) {
        return sources.find(copy.source(), copy.exchange())
                .thenApply(copy::required)
                .thenCompose(found -> mayTakeTags(copy, directives, found)
                        .thenCompose(may -> targetAllows(copy))
                        .thenCompose(allowed -> copy(copy, directives, found)))
                .exceptionallyCompose(failure -> {
                    if (!Overwritten.isCauseOf(failure)) {
                        return CompletableFuture.failedStage(failure);
                    }
                    return number < ATTEMPTS
                            ? attempt(copy, directives, number + 1)
                            : CompletableFuture.failedStage(stillChanging(copy.request()));
                });
    }

    private CompletionStage<Response> copy(Copying copy, Directives directives, SourceObject source) {
        return byStore(copy, source) ? byStore.run(copy, directives, source) : through.run(copy, directives, source);
    }

    /**
     * A store may keep nothing of a folder's key but that it is there, and what has no frames needs no copying. Projects
     * share no DEK.
     */
    private boolean byStore(Copying copy, SourceObject source) {
        if (!source.hasFrames()
                || !copy.source().project().equals(copy.request().project())
                || !keys.sealsUnderKekOf(copy.request().project(), source.seal().orElseThrow())) {
            return false;
        }
        CopyLimits.requireStored(source.storedLength());
        boolean folder = FolderKeys.include(copy.request().key())
                || FolderKeys.include(copy.source().key());
        return !folder || documents.clients().folderKeys() == FolderKeys.OBJECTS;
    }

    /** Tags that the copy takes over are read on the one side and written on the other. */
    private static CompletionStage<Void> mayTakeTags(Copying copy, Directives directives, SourceObject found) {
        if (directives.replacesTags() || !found.headers().contains("x-amz-tagging-count")) {
            return CompletableFuture.completedStage(null);
        }
        S3Request source = copy.source();
        Permissions permissions = copy.request().permissions();
        Optional<String> version = source.query("versionId");
        String reading = version.isPresent() ? "s3:GetObjectVersionTagging" : "s3:GetObjectTagging";
        return permissions
                .toRead(source.admission(), source.place(), version, List.of(reading))
                .thenAccept(mayRead -> {
                    if (!permissions.allow(
                            List.of("s3:PutObjectTagging"), copy.request().place())) {
                        throw new S3Exception(S3Error.ACCESS_DENIED);
                    }
                });
    }

    /** Not every store holds to the conditions of a write where that is a copy. */
    private CompletionStage<Void> targetAllows(Copying copy) {
        S3Request request = copy.request();
        if (!Conditions.onWrite(request.headers())) {
            return CompletableFuture.completedStage(null);
        }
        return copy.own()
                .ask(StoreRequest.of(HttpMethod.HEAD, request.bucket(), request.key()))
                .thenAccept(head -> {
                    boolean there = head.response().successful();
                    if (!there && head.response().status() != NOT_FOUND) {
                        throw StoreErrors.of(head);
                    }
                    Optional<String> etag =
                            Optional.ofNullable(head.response().headers().get(HttpHeaderNames.ETAG));
                    Conditions.requireOfWrite(request.headers(), there ? etag : Optional.empty());
                });
    }

    /** The store refuses a condition, again and again: if the target has none, it is that of the source. */
    private static S3Exception stillChanging(S3Request request) {
        return new S3Exception(Conditions.onWrite(request.headers()) ? S3Error.PRECONDITION_FAILED : S3Error.SLOW_DOWN);
    }
}
