package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Accepts;
import io.sealward.gateway.request.Declaration;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.PageSize;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.request.Rights;
import io.sealward.gateway.request.Route;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.request.Treatment;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads: one shape, different parameters. */
final class ListObjects implements Operation {
    private static final Set<String> COMMON = Set.of("prefix", "delimiter");
    private static final Set<String> OBJECTS =
            Set.of("list-type", "marker", "continuation-token", "start-after", "fetch-owner");
    private static final Set<String> VERSIONS = Set.of("versions", "key-marker", "version-id-marker");
    private static final Set<String> UPLOADS = Set.of("uploads", "key-marker", "upload-id-marker");

    private static final Route PLAIN = Route.of(HttpMethod.GET, Place.Level.BUCKET);
    private static final String SIZES = "plaintext sizes, no request per key";

    private final Declaration declaration;
    private final Documents documents;
    private final Set<String> parameters;
    private final String pageSize;
    private final UploadIds ids;

    private ListObjects(
            Declaration declaration, Documents documents, Set<String> parameters, String pageSize, UploadIds ids) {
        this.declaration = declaration;
        this.documents = documents;
        this.parameters = parameters;
        this.pageSize = pageSize;
        this.ids = ids;
    }

    static Operation ofObjects(Documents documents) {
        return new ListObjects(
                declared("ListObjects", PLAIN, "s3:ListBucket", "v1 and v2; " + SIZES),
                documents,
                OBJECTS,
                "max-keys",
                UploadIds.OF_THE_STORE);
    }

    static Operation ofVersions(Documents documents) {
        return new ListObjects(
                declared("ListObjectVersions", PLAIN.with("versions"), "s3:ListBucketVersions", SIZES),
                documents,
                VERSIONS,
                "max-keys",
                UploadIds.OF_THE_STORE);
    }

    static Operation ofUploads(Documents documents, UploadIds ids) {
        return new ListObjects(
                declared(
                        "ListMultipartUploads",
                        PLAIN.with("uploads"),
                        "s3:ListBucketMultipartUploads",
                        "an upload that this node has not seen goes by an id that lists and aborts it, and no more"),
                documents,
                UPLOADS,
                "max-uploads",
                ids);
    }

    private static Declaration declared(String name, Route route, String action, String remark) {
        return new Declaration(name, route, Rights.inOwnBucket(action), Accepts.nothing(), Treatment.answered(remark));
    }

    @Override
    public Declaration declaration() {
        return declaration;
    }

    @Override
    public CompletionStage<Void> handle(S3Request request, Exchange exchange) {
        boolean clientEncodes = request.query("encoding-type")
                .map(type -> {
                    if (!type.equals("url")) {
                        throw new S3Exception(
                                S3Error.INVALID_ARGUMENT, "Invalid Encoding Method specified in Request.");
                    }
                    return true;
                })
                .orElse(false);
        if (request.query("list-type").filter(type -> !type.equals("2")).isPresent()) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The only list-type is 2.");
        }
        StoreRequest list = StoreRequest.ofBucket(HttpMethod.GET, request.bucket());
        if (clientEncodes
                || !parameters.equals(UPLOADS)) { // whose keys not every store says that it has encoded (Ceph 16)
            list.query("encoding-type", "url");
        }
        PageSize.of(request, pageSize).ifPresent(size -> list.query(pageSize, size));
        request.target().parameters().stream()
                .filter(p -> COMMON.contains(p.name()) || parameters.contains(p.name()))
                .forEach(p -> list.query(p.name(), toStore(p.name(), p.value())));
        return documents.serve(request.admission(), exchange, own -> own.ask(
                        list,
                        new Listing(
                                clientEncodes,
                                request.project(),
                                id -> ids.toClient(request.bucket(), id),
                                own.memory()))
                .thenAccept(own::answer));
    }

    private String toStore(String parameter, String value) {
        return switch (parameter) {
            case "upload-id-marker" -> ids.toStore(value);
            case "continuation-token" -> ContinuationTokens.toStore(value);
            default -> value;
        };
    }
}
