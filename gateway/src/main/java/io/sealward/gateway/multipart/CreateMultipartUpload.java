package io.sealward.gateway.multipart;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.crypto.seal.Layout;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.key.FreshKey;
import io.sealward.gateway.key.ObjectKeys;
import io.sealward.gateway.object.FolderWrites;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.HeaderRules;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** CreateMultipartUpload: makes the object's DEK and stores its seal with the upload, so that Complete is one step. */
final class CreateMultipartUpload implements Operation {
    private static final Declaration DECLARATION = new Declaration(
            "CreateMultipartUpload",
            Route.of(HttpMethod.POST, Place.Level.OBJECT).with("uploads"),
            Rights.ofNewObject(),
            Accepts.headers(HeaderRules.ofNewObject()),
            Treatment.sealed("parts 1, 2, 3, ... without gaps, of any size S3 takes"));

    private final FolderWrites folders;
    private final Documents documents;
    private final ObjectKeys keys;
    private final Layout layout;

    /** @param layout what Complete will hold the parts to */
    CreateMultipartUpload(FolderWrites folders, Documents documents, ObjectKeys keys, Layout layout) {
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
        return documents.serve(
                request.admission(), exchange, own -> keys.create(request.project(), request.binding(), own.loop())
                        .thenCompose(key -> key.during(() -> create(request, own, key)))
                        .thenAccept(own::respond));
    }

    private CompletionStage<Response> create(S3Request request, DocumentExchange own, FreshKey key) {
        EncryptionHeaders.check(request.headers(), key.kek());
        StoreRequest create = StoreRequest.of(HttpMethod.POST, request.bucket(), request.key())
                .query("uploads", "")
                .headers(MetadataHeaders.toStore(request.headers(), key.seal(layout)));
        return own.ask(create, own.tree()).thenApply(created -> {
            String storeId = created.value("UploadId").orElseThrow(() -> new S3Exception(S3Error.SERVICE_UNAVAILABLE));
            XmlElement result = XmlElement.of(
                    "InitiateMultipartUploadResult",
                    List.of(
                            XmlElement.text("Bucket", request.bucket()),
                            XmlElement.text("Key", request.key()),
                            XmlElement.text(
                                    "UploadId", key.uploadSeal(storeId, layout).toUploadId())));
            Response response = Response.xml(200, result.toDocument());
            EncryptionHeaders.add(response.headers(), key.kek());
            return response;
        });
    }
}
