package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.AttemptSalt;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.PartLayouts;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.ObjectUrl;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import io.sealward.gateway.xml.XmlWriter;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * CompleteMultipartUpload. Holds the client's list against the store's and the receipts in it, adds the seal part where the last part could not
 * carry the terminator, and lets the store make the object in one step, under the client's conditions.
 */
final class CompleteMultipartUpload implements Operation {
    private static final int LIMIT_BYTES = 8 << 20;
    private static final String OBJECT_SIZE = "x-amz-mp-object-size";

    private static final Declaration DECLARATION = new Declaration(
            "CompleteMultipartUpload",
            Route.of(HttpMethod.POST, Place.Level.OBJECT).with("uploadId"),
            Rights.inOwnBucket("s3:PutObject").with("if-match", "s3:GetObject"),
            Accepts.document(AcceptedHeaders.ofUpload(OBJECT_SIZE)),
            Treatment.sealed("parts 1, 2, 3, ... without gaps, of any size S3 takes"));

    private final Uploads uploads;
    private final FolderWrites folders;
    private final Documents documents;
    private final ObjectKeys keys;
    private final PartLayouts layouts;
    private final CompletedBefore completedBefore;
    private final SecureRandom random;

    CompleteMultipartUpload(
            Uploads uploads,
            FolderWrites folders,
            Documents documents,
            ObjectKeys keys,
            PartLayouts layouts,
            SecureRandom random) {
        this.uploads = uploads;
        this.folders = folders;
        this.documents = documents;
        this.keys = keys;
        this.layouts = layouts;
        this.completedBefore = new CompletedBefore(keys);
        this.random = random;
    }

    /** One Complete on its way. */
    private record Completion(
            S3Request request, String url, UploadSeal seal, CompletedParts wanted, DocumentExchange own) {}

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        UploadSeal seal = uploads.of(request);
        EncryptionHeaders.check(request.headers(), seal.kek());
        return documents.serve(request.admission(), exchange, own -> own.receive(
                        RequestBody.ofCompletion(request.headers(), request.payload()),
                        LIMIT_BYTES,
                        new PartList(own.memory()))
                .thenCompose(wanted -> own.respondLate(
                        complete(new Completion(request, ObjectUrl.of(request, exchange), seal, wanted, own)))));
    }

    private CompletionStage<Response> complete(Completion completion) {
        return new StoreParts(completion.request(), completion.seal(), completion.own())
                .list()
                .thenCompose(stored -> stored.isEmpty() // and not every store says that it knows the upload no more
                        ? before(completion, new S3Exception(S3Error.INVALID_PART))
                        : complete(completion, stored))
                .exceptionallyCompose(failure -> isNotFound(failure)
                        ? before(completion, new S3Exception(S3Error.NO_SUCH_UPLOAD))
                        : CompletableFuture.failedStage(failure));
    }

    private CompletionStage<Response> complete(Completion completion, Map<Integer, StoredPart> stored) {
        CompletedParts.Found found = completion.wanted().find(stored, completion.seal());
        requireSize(completion.request(), found.layout());
        return seal(completion, found)
                .thenCompose(ending -> finish(completion, found, ending))
                .thenCompose(response -> folders.requireKept(
                                completion.request(),
                                completion.own().asker(),
                                found.layout().sealedLength())
                        .thenApply(kept -> response));
    }

    /** The answer that the Complete had which has made the object, from parts as these. */
    private CompletionStage<Response> before(Completion completion, S3Exception otherwise) {
        return completedBefore
                .etag(completion.request(), completion.seal(), completion.own())
                .thenApply(etag -> answer(
                        completion,
                        etag.filter(completion.wanted()::mayHaveMade).orElseThrow(() -> otherwise),
                        Optional.empty()));
    }

    private static void requireSize(S3Request request, PartLayout layout) {
        request.header(OBJECT_SIZE).ifPresent(size -> {
            if (!size.equals(Long.toString(layout.plaintextLength()))) {
                throw new S3Exception(
                        S3Error.INVALID_REQUEST, "The provided x-amz-mp-object-size does not match the parts.");
            }
        });
    }

    /**
     * What the key has said of the parts.
     *
     * @param etag of the seal part, if there is one
     * @param commitment of the object to come, if receipts have proven its layout
     * @param checksum of the object, if its parts have told it
     */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Ending(Optional<String> etag, Optional<byte[]> commitment, Optional<ObjectChecksum> checksum) {}

    /** Reads the receipts, and uploads the seal part unless the last part carries the terminator itself. */
    private CompletionStage<Ending> seal(Completion completion, CompletedParts.Found found) {
        S3Request request = completion.request();
        return keys.open(
                        request.admission(),
                        request.binding(),
                        completion.seal(),
                        completion.own().loop())
                .thenCompose(key -> key.once(dek -> seal(completion, found, dek)));
    }

    private CompletionStage<Ending> seal(Completion completion, CompletedParts.Found found, Dek dek) {
        S3Request request = completion.request();
        UploadSeal seal = completion.seal();
        PartLayout layout = found.layout();
        List<PartETags.Attempt> told = found.attempts(dek);
        Optional<ObjectChecksum> checksum = ObjectChecksum.of(
                request.headers(),
                completion.wanted().checksums(),
                told.stream().map(PartETags.Attempt::checksum).toList(),
                layout);
        List<AttemptSalt> attempts = told.stream().map(PartETags.Attempt::salt).toList();
        Optional<byte[]> commitment =
                attempts.isEmpty() ? Optional.empty() : Optional.of(seal.objectCommitment(dek, request.binding()));
        int last = layout.partCount();
        if (layout.geometry().terminated(last, layout.lengthOf(last))) {
            return CompletableFuture.completedStage(new Ending(Optional.empty(), commitment, checksum));
        }
        byte[] sealPart = attempts.isEmpty()
                ? PartSealer.looseSealPart(dek, layout, random)
                : PartSealer.sealPart(dek, layout, attempts);
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                .query("partNumber", Integer.toString(last + 1))
                .query("uploadId", seal.storeUploadId());
        return completion
                .own()
                .send(put, sealPart)
                .thenApply(stored -> new Ending(
                        Optional.of(stored.response().headers().get(HttpHeaderNames.ETAG, "")), commitment, checksum));
    }

    private CompletionStage<Response> finish(Completion completion, CompletedParts.Found found, Ending ending) {
        S3Request request = completion.request();
        List<String> etags = new ArrayList<>(found.etags());
        ending.etag().ifPresent(etags::add);
        StoreRequest post = StoreRequest.of(HttpMethod.POST, request.bucket(), request.key())
                .query("uploadId", completion.seal().storeUploadId());
        Conditions.ofWrite(request.headers(), post);
        XmlWriter list = list(etags, completion.own().writer("CompleteMultipartUpload"));
        return completion.own().ask(post, list, completion.own().tree()).thenCompose(done -> etag(
                        completion, done.document())
                .thenApply(etag -> {
                    layouts.completed(request.place(), etag, found.layout());
                    ending.commitment().ifPresent(c -> layouts.proven(request.place(), etag, found.layout(), c));
                    Response response = answer(completion, etag, ending.checksum());
                    String version = done.response().headers().get("x-amz-version-id");
                    if (version != null) {
                        response.headers().set("x-amz-version-id", version);
                    }
                    return response;
                }));
    }

    private static XmlWriter list(List<String> etags, XmlWriter list) {
        for (int i = 0; i < etags.size(); i++) {
            list.add(XmlElement.of(
                    "Part",
                    List.of(
                            XmlElement.text("PartNumber", Integer.toString(i + 1)),
                            XmlElement.text("ETag", etags.get(i)))));
        }
        return list.end();
    }

    /** Of the object that was made. Ceph 16 leaves it empty. */
    private CompletionStage<String> etag(Completion completion, XmlElement result) {
        return result.value("ETag")
                .filter(etag -> !etag.isEmpty())
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> completedBefore
                        .etag(completion.request(), completion.seal(), completion.own())
                        .thenApply(etag -> etag.orElseThrow(() -> new S3Exception(S3Error.SERVICE_UNAVAILABLE))));
    }

    private static Response answer(Completion completion, String etag, Optional<ObjectChecksum> checksum) {
        S3Request request = completion.request();
        List<XmlElement> told = new ArrayList<>(List.of(
                XmlElement.text("Location", completion.url()),
                XmlElement.text("Bucket", request.bucket()),
                XmlElement.text("Key", request.key()),
                XmlElement.text("ETag", ETags.toClient('"' + ETags.unquoted(etag) + '"'))));
        checksum.ifPresent(sum -> told.addAll(sum.elements()));
        XmlElement result = XmlElement.of("CompleteMultipartUploadResult", told);
        Response response = Response.xml(200, result.toDocument());
        EncryptionHeaders.add(response.headers(), completion.seal().kek());
        return response;
    }

    /** Of the upload, whatever the store calls it. */
    private static boolean isNotFound(Throwable failure) {
        return RelayedError.of(failure).filter(error -> error.status() == 404).isPresent();
    }
}
