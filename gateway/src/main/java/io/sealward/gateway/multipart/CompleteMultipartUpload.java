package io.sealward.gateway.multipart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.frame.PartLayout;
import io.sealward.crypto.frame.PartSealer;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.bucket.StoreDocuments;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.object.Layouts;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.HeaderRules;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.SmallBody;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.RelayedError;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreErrors;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * CompleteMultipartUpload. Holds the client's list against the store's, adds the seal part where the last part could not
 * carry the terminator, and lets the store make the object in one step, under the client's conditions.
 */
final class CompleteMultipartUpload implements Operation {
    private static final int LIMIT_BYTES = 8 << 20;
    private static final String OBJECT_SIZE = "x-amz-mp-object-size";
    private static final HeaderRules HEADERS = HeaderRules.of(OBJECT_SIZE);

    private final FolderWrites folders;
    private final StoreDocuments store;
    private final StoreParts parts;
    private final ObjectKeys keys;
    private final Layouts layouts;
    private final CompletedBefore completedBefore;
    private final SecureRandom random;

    CompleteMultipartUpload(
            FolderWrites folders, StoreDocuments store, ObjectKeys keys, Layouts layouts, SecureRandom random) {
        this.folders = folders;
        this.store = store;
        this.parts = new StoreParts(store);
        this.keys = keys;
        this.layouts = layouts;
        this.completedBefore = new CompletedBefore(store, keys);
        this.random = random;
    }

    @Override
    public HeaderRules headerRules() {
        return HEADERS;
    }

    /** One Complete on its way. */
    private record Completion(S3Request request, UploadSeal seal, CompletedParts wanted, EventLoop loop) {}

    @Override
    public void handle(S3Request request, Exchange exchange) {
        UploadSeal seal = Uploads.of(request);
        SmallBody.read(exchange, RequestBody.ofCompletion(request.headers(), request.payload()), LIMIT_BYTES)
                .thenCompose(document -> complete(new Completion(
                        request,
                        seal,
                        CompletedParts.of(SmallBody.parse(document, "CompleteMultipartUpload")),
                        exchange.eventLoop())))
                .thenAccept(exchange::respond)
                .exceptionally(StoreDocuments.failing(exchange));
    }

    private CompletionStage<Response> complete(Completion completion) {
        return parts.list(completion.request(), completion.seal(), completion.loop())
                .thenCompose(stored -> {
                    PartLayout layout =
                            completion.wanted().layout(stored, completion.seal().layout());
                    requireSize(completion.request(), layout);
                    return seal(completion, layout)
                            .thenCompose(sealETag -> finish(completion, layout, sealETag))
                            .thenCompose(response -> folders.requireKept(
                                            completion.request(), completion.loop(), layout.sealedLength())
                                    .thenApply(kept -> response));
                })
                .exceptionallyCompose(failure -> isNoSuchUpload(failure)
                        ? completedBefore
                                .etag(completion.request(), completion.seal(), completion.loop())
                                .thenApply(etag -> answer(
                                        completion, etag.orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_UPLOAD))))
                        : CompletableFuture.failedStage(failure));
    }

    private static void requireSize(S3Request request, PartLayout layout) {
        request.header(OBJECT_SIZE).ifPresent(size -> {
            if (!size.equals(Long.toString(layout.plaintextLength()))) {
                throw new S3Exception(
                        S3Error.INVALID_REQUEST, "The provided x-amz-mp-object-size does not match the parts.");
            }
        });
    }

    /** Uploads the seal part, unless the last part carries the terminator itself. */
    private CompletionStage<Optional<String>> seal(Completion completion, PartLayout layout) {
        int last = layout.partCount();
        if (SealedLength.terminated(last, layout.lengthOf(last))) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        S3Request request = completion.request();
        UploadSeal seal = completion.seal();
        return keys.open(request.project(), request.binding(), seal, completion.loop())
                .thenCompose(dek -> {
                    byte[] sealPart;
                    try {
                        sealPart = PartSealer.sealPart(dek, layout, random);
                    } finally {
                        dek.destroy();
                    }
                    StoreRequest put = StoreRequest.of(HttpMethod.PUT, request.bucket(), request.key())
                            .query("partNumber", Integer.toString(last + 1))
                            .query("uploadId", seal.storeUploadId());
                    return store.send(completion.loop(), request.admission(), put, sealPart);
                })
                .thenApply(stored -> Optional.of(stored.response().headers().get(HttpHeaderNames.ETAG, "")));
    }

    private CompletionStage<Response> finish(Completion completion, PartLayout layout, Optional<String> sealETag) {
        S3Request request = completion.request();
        List<String> etags = new ArrayList<>(completion.wanted().etags());
        sealETag.ifPresent(etags::add);
        StoreRequest post = StoreRequest.of(HttpMethod.POST, request.bucket(), request.key())
                .query("uploadId", completion.seal().storeUploadId())
                .header(HttpHeaderNames.CONTENT_TYPE, "application/xml");
        Conditions.ofWrite(request.headers(), post);
        return store.send(
                        completion.loop(),
                        request.admission(),
                        post,
                        document(etags).getBytes(UTF_8))
                .thenCompose(done -> etag(completion, done).thenApply(etag -> {
                    layouts.completed(request.place(), etag, layout);
                    Response response = answer(completion, etag);
                    String version = done.response().headers().get("x-amz-version-id");
                    if (version != null) {
                        response.headers().set("x-amz-version-id", version);
                    }
                    return response;
                }));
    }

    private static String document(List<String> etags) {
        List<XmlElement> list = new ArrayList<>();
        for (int i = 0; i < etags.size(); i++) {
            list.add(XmlElement.of(
                    "Part",
                    List.of(
                            XmlElement.text("PartNumber", Integer.toString(i + 1)),
                            XmlElement.text("ETag", etags.get(i)))));
        }
        return XmlElement.of("CompleteMultipartUpload", list).toDocument();
    }

    /** Of the object that was made; an error may stand where it belongs. Ceph 16 leaves it empty. */
    private CompletionStage<String> etag(Completion completion, StoreClient.Collected done) {
        XmlElement result = StoreDocuments.parse(done.body());
        if (result.name().equals("Error")) {
            throw StoreErrors.of(done);
        }
        return result.value("ETag")
                .filter(etag -> !etag.isEmpty())
                .map(CompletableFuture::completedStage)
                .orElseGet(() -> completedBefore
                        .etag(completion.request(), completion.seal(), completion.loop())
                        .thenApply(etag -> etag.orElseThrow(() -> new S3Exception(S3Error.SERVICE_UNAVAILABLE))));
    }

    private static Response answer(Completion completion, String etag) {
        S3Request request = completion.request();
        XmlElement result = XmlElement.of(
                "CompleteMultipartUploadResult",
                List.of(
                        XmlElement.text("Location", "/" + request.bucket() + "/" + request.key()),
                        XmlElement.text("Bucket", request.bucket()),
                        XmlElement.text("Key", request.key()),
                        XmlElement.text("ETag", ETags.toClient('"' + ETags.unquoted(etag) + '"'))));
        Response response = Response.xml(200, result.toDocument());
        EncryptionHeaders.add(response.headers(), completion.seal().kek());
        return response;
    }

    private static boolean isNoSuchUpload(Throwable failure) {
        return RelayedError.of(failure)
                .filter(error -> error.code().equals("NoSuchUpload"))
                .isPresent();
    }
}
