package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.gateway.body.ChecksumAlgorithm;
import io.sealward.gateway.body.ChecksumType;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.FreshKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.SingleHeader;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** CreateMultipartUpload: makes the object's DEK and stores its seal with the upload, so that Complete is one step. */
final class CreateMultipartUpload implements Operation {
    private static final String ALGORITHM = "x-amz-checksum-algorithm";

    private static final Declaration DECLARATION = new Declaration(
            "CreateMultipartUpload",
            Route.of(HttpMethod.POST, Place.Level.OBJECT).with("uploads"),
            Rights.ofNewObject(),
            Accepts.headers(AcceptedHeaders.ofNewObject()),
            Treatment.sealed("parts 1, 2, 3, ... without gaps, of any size S3 takes"));

    private final Uploads uploads;
    private final FolderWrites folders;
    private final Documents documents;
    private final ObjectKeys keys;
    private final Layout layout;

    /** @param layout what Complete will hold the parts to */
    CreateMultipartUpload(Uploads uploads, FolderWrites folders, Documents documents, ObjectKeys keys, Layout layout) {
        this.uploads = uploads;
        this.folders = folders;
        this.documents = documents;
        this.keys = keys;
        this.layout = layout;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        folders.requireContentAllowed(request);
        HttpHeaders checksums = checksums(request.headers());
        return documents.serve(
                request.admission(), exchange, own -> keys.create(request.admission(), request.binding(), own.loop())
                        .thenCompose(key -> key.during(() -> create(request, own, key)))
                        .thenApply(response -> {
                            response.headers().add(checksums);
                            return response;
                        })
                        .thenAccept(own::respond));
    }

    private CompletionStage<Response> create(S3Request request, DocumentExchange own, FreshKey key) {
        EncryptionHeaders.check(request.headers(), key.kek());
        StoreRequest create = StoreRequest.of(HttpMethod.POST, request.bucket(), request.key())
                .query("uploads", "")
                .headers(MetadataHeaders.toStore(request.headers(), key.seal(layout)));
        return own.ask(create, own.tree()).thenApply(created -> {
            String storeId = created.value("UploadId").orElseThrow(() -> new S3Exception(S3Error.SERVICE_UNAVAILABLE));
            UploadSeal upload = key.uploadSeal(storeId, layout);
            uploads.remember(request.bucket(), upload);
            XmlElement result = XmlElement.of(
                    "InitiateMultipartUploadResult",
                    List.of(
                            XmlElement.text("Bucket", request.bucket()),
                            XmlElement.text("Key", request.key()),
                            XmlElement.text("UploadId", upload.toUploadId())));
            Response response = Response.xml(200, result.toDocument());
            EncryptionHeaders.add(response.headers(), key.kek());
            return response;
        });
    }

    /** What the client says of the checksums to come, which S3 repeats. They are told by the parts here, not by this. */
    private static HttpHeaders checksums(HttpHeaders request) {
        HttpHeaders told = new DefaultHttpHeaders();
        SingleHeader.of(request, ALGORITHM).ifPresent(name -> {
            ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHeader("x-amz-checksum-" + name)
                    .orElseThrow(() -> new S3Exception(
                            S3Error.INVALID_REQUEST,
                            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                                    + Arrays.toString(ChecksumAlgorithm.values())));
            ChecksumType type = ObjectChecksum.requested(request)
                    .orElse(
                            algorithm == ChecksumAlgorithm.CRC64NVME
                                    ? ChecksumType.FULL_OBJECT
                                    : ChecksumType.COMPOSITE);
            ObjectChecksum.requireFitting(algorithm, type);
            told.set(ALGORITHM, algorithm.name()).set("x-amz-checksum-type", type.name());
        });
        return told;
    }
}
