package io.sealward.gateway.copy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.SealedChecksum;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.FreshKey;
import io.sealward.gateway.key.ObjectKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.Overwritten;
import io.sealward.gateway.object.SourceObject;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.CopySource;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Has the store copy the frames of an object as they are, and puts a new seal of the same DEK beside them. The store is asked
 * to copy what was described, and no other; not every store holds to that, so what it made is looked at where its ETag does
 * not tell.
 */
final class StoreCopy {
    private final ObjectKeys keys;
    private final FolderWrites folders;

    StoreCopy(ObjectKeys keys, FolderWrites folders) {
        this.keys = keys;
        this.folders = folders;
    }

    /**
     * Makes the copy.
     *
     * @return fails with {@link Overwritten} as the cause where the source is another object by now
     */
    CompletionStage<Response> run(Copying copy, Directives directives, SourceObject source) {
        S3Request read = copy.source();
        S3Request request = copy.request();
        return keys.open(read.admission(), read.binding(), source.seal().orElseThrow(), copy.loop())
                .thenCompose(opened -> opened.during(
                        () -> keys.createForCopy(request.admission(), request.binding(), opened, copy.loop())
                                .thenCompose(key -> key.during(() -> {
                                    opened.requireGranted();
                                    key.requireGranted();
                                    return run(copy, directives, source, key);
                                }))));
    }

    private CompletionStage<Response> run(Copying copy, Directives directives, SourceObject source, FreshKey key) {
        S3Request request = copy.request();
        EncryptionHeaders.check(request.headers(), key.kek());
        ObjectSeal seal = key.seal(source.seal().orElseThrow().layout());
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .headers(MetadataHeaders.toStore(directives.described(request, source), request.headers(), seal))
                .header(Directives.METADATA, Directives.Replaced.REPLACE)
                .header(CopySource.HEADER, named(source).toStore())
                .header(CopySource.HEADER + "-if-match", source.etag());
        keepChecksum(source, put);
        directives.tell(put);
        Conditions.ofWrite(request.headers(), put);
        return copy.own()
                .askAll(put)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        RelayedError.of(failure)
                                        .filter(error -> error.status() == 412)
                                        .isPresent()
                                ? Overwritten.slowDown()
                                : failure))
                .thenCompose(made -> requireOf(copy, source, made, seal, key)
                        .thenCompose(proven -> folders.requireKept(request, copy.exchange(), source.storedLength()))
                        .thenApply(kept -> answer(made).toResponse("CopyObjectResult", source, key.kek())));
    }

    /** It is sealed under the DEK, which stays. */
    private static void keepChecksum(SourceObject source, StoreRequest put) {
        MetadataHeaders.sealEntries(source.headers()).stream()
                .filter(entry -> entry.getKey().equals(SealedChecksum.FIELD))
                .forEach(entry -> MetadataHeaders.addIfRoom(put, entry.getKey(), entry.getValue()));
    }

    /** The very version that was described, where the store keeps versions: no other takes its place. */
    private static CopySource named(SourceObject source) {
        return new CopySource(
                source.request().place(),
                source.request().query("versionId").or(() -> source.versionId().filter(id -> !id.equals("null"))));
    }

    private static CompletionStage<Void> requireOf(
            Copying copy,
            SourceObject source,
            DocumentExchange.Answer<XmlElement> made,
            ObjectSeal seal,
            ObjectKey key) {
        return ETags.same(etag(made), source.etag())
                ? CompletableFuture.completedStage(null)
                : CopyProof.require(copy, made.response().headers(), seal, key.dek());
    }

    private static CopyAnswer answer(DocumentExchange.Answer<XmlElement> made) {
        String etag = ETags.toClient('"' + ETags.unquoted(etag(made)) + '"');
        return made.document()
                .value("LastModified")
                .map(time -> new CopyAnswer(etag, time, made.response().headers()))
                .orElseGet(() -> CopyAnswer.now(etag, made.response().headers()));
    }

    private static String etag(DocumentExchange.Answer<XmlElement> made) {
        return made.document()
                .value("ETag")
                .orElseGet(() -> made.response().headers().get(HttpHeaderNames.ETAG, ""));
    }
}
