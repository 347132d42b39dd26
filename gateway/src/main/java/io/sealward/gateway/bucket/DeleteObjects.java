package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.body.RequestBody;
import io.sealward.gateway.document.DocumentExchange;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.AcceptedHeaders;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.store.Md5;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.xml.XmlWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** DeleteObjects. A list that came damaged would delete what was not meant: it must bring a digest. */
final class DeleteObjects implements Operation {
    /** 1,000 keys of 1,024 bytes, each byte an escape of six, and their versions. */
    private static final int LIMIT_BYTES = 8 << 20;

    private static final String BYPASS = "x-amz-bypass-governance-retention";

    private static final Declaration DECLARATION = new Declaration(
            "DeleteObjects",
            Route.of(HttpMethod.POST, Place.Level.BUCKET).with("delete"),
            Rights.ofListedObjects("s3:DeleteObject")
                    .orOfVersion("s3:DeleteObjectVersion")
                    .with(BYPASS, "s3:BypassGovernanceRetention"),
            Accepts.document(AcceptedHeaders.of(BYPASS)),
            Treatment.forwarded("no key needed"));

    private final Documents documents;

    DeleteObjects(Documents documents) {
        this.documents = documents;
    }

    @Override
    public Declaration declaration() {
        return DECLARATION;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        RequestBody body = RequestBody.of(request.headers(), request.payload()).requireDigest();
        return documents.serve(request.admission(), exchange, own -> own.receive(
                        body,
                        LIMIT_BYTES,
                        new DeletionList(
                                own.writer("Delete"), own.memory(), (key, version) -> allowed(request, key, version)))
                .thenCompose(list -> delete(request, list, own))
                .thenAccept(own::answer));
    }

    private static boolean allowed(S3Request request, String key, boolean version) {
        return request.permissions()
                .allow(DECLARATION.rights().of(version, request.headers()), new Place(request.bucket(), key));
    }

    private static CompletionStage<XmlWriter> delete(S3Request request, DeletionList list, DocumentExchange own) {
        if (list.rewritten().isEmpty()) {
            XmlWriter result = own.writer("DeleteResult");
            list.refusals().forEach(result::add);
            return CompletableFuture.completedStage(result.end());
        }
        XmlWriter rewritten = list.rewritten().get();
        return own.ask(toStore(request, rewritten), rewritten, new Relayed(own.memory(), list.refusals()))
                .thenApply(DocumentExchange.Answer::document);
    }

    private static StoreRequest toStore(S3Request request, XmlWriter list) {
        StoreRequest delete = StoreRequest.ofBucket(HttpMethod.POST, request.bucket())
                .query("delete", "")
                .header(HttpHeaderNames.CONTENT_MD5, md5(list));
        request.header(BYPASS).ifPresent(value -> delete.header(BYPASS, value));
        return delete;
    }

    /** S3 demands it of this operation. */
    private static String md5(XmlWriter document) {
        List<ByteBuffer> pieces = new ArrayList<>();
        document.pieces().forEachRemaining(piece -> pieces.add(piece.nioBuffer()));
        return Md5.base64(pieces.iterator());
    }
}
