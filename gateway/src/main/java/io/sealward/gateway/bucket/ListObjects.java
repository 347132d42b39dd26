package io.sealward.gateway.bucket;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.store.StoreRequest;
import java.util.Set;

/** ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads: one shape, different parameters. */
final class ListObjects implements Operation {
    private static final Set<String> COMMON = Set.of("prefix", "delimiter");
    private static final Set<String> OBJECTS =
            Set.of("list-type", "marker", "max-keys", "continuation-token", "start-after", "fetch-owner");
    private static final Set<String> VERSIONS = Set.of("versions", "key-marker", "version-id-marker", "max-keys");
    private static final Set<String> UPLOADS = Set.of("uploads", "key-marker", "upload-id-marker", "max-uploads");

    private final StoreDocuments store;
    private final Set<String> parameters;

    private ListObjects(StoreDocuments store, Set<String> parameters) {
        this.store = store;
        this.parameters = parameters;
    }

    static Operation ofObjects(StoreDocuments store) {
        return new ListObjects(store, OBJECTS);
    }

    static Operation ofVersions(StoreDocuments store) {
        return new ListObjects(store, VERSIONS);
    }

    static Operation ofUploads(StoreDocuments store) {
        return new ListObjects(store, UPLOADS);
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
        request.target().parameters().stream()
                .filter(p -> COMMON.contains(p.name()) || parameters.contains(p.name()))
                .forEach(p -> list.query(p.name(), p.value()));
        store.get(exchange.eventLoop(), request.admission(), list)
                .thenAccept(listed -> exchange.respond(Response.xml(
                        200,
                        Listing.toClient(listed, clientEncodes, request.project())
                                .toDocument())))
                .exceptionally(StoreDocuments.failing(exchange));
    }
}
