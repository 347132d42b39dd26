package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.document.Documents;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.PageSize;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.Set;

/** ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads: one shape, different parameters. */
final class ListObjects implements Operation {
    private static final Set<String> COMMON = Set.of("prefix", "delimiter");
    private static final Set<String> OBJECTS =
            Set.of("list-type", "marker", "continuation-token", "start-after", "fetch-owner");
    private static final Set<String> VERSIONS = Set.of("versions", "key-marker", "version-id-marker");
    private static final Set<String> UPLOADS = Set.of("uploads", "key-marker", "upload-id-marker");

    private final Documents documents;
    private final Set<String> parameters;
    private final String pageSize;

    private ListObjects(Documents documents, Set<String> parameters, String pageSize) {
        this.documents = documents;
        this.parameters = parameters;
        this.pageSize = pageSize;
    }

    static Operation ofObjects(Documents documents) {
        return new ListObjects(documents, OBJECTS, "max-keys");
    }

    static Operation ofVersions(Documents documents) {
        return new ListObjects(documents, VERSIONS, "max-keys");
    }

    static Operation ofUploads(Documents documents) {
        return new ListObjects(documents, UPLOADS, "max-uploads");
    }

    @Override
    public void handle(S3Request request, Exchange exchange) {
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
        StoreRequest list =
                StoreRequest.ofBucket(HttpMethod.GET, request.bucket()).query("encoding-type", "url");
        PageSize.of(request, pageSize).ifPresent(size -> list.query(pageSize, size));
        request.target().parameters().stream()
                .filter(p -> COMMON.contains(p.name()) || parameters.contains(p.name()))
                .forEach(p -> list.query(p.name(), p.value()));
        documents.serve(request.admission(), exchange, own -> own.ask(
                        list, new Listing(clientEncodes, request.project(), own.memory()))
                .thenAccept(own::answer));
    }
}
