package io.sealward.gateway.service;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.request.Operation;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.RequestTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the operation by method, level and sub-resource. What is not in the table is refused: no request reaches the
 * store that the gateway did not understand.
 */
public final class Routes {
    /** Every sub-resource of S3, known here or not: a query parameter of such a name makes another operation. */
    private static final Set<String> SUB_RESOURCES = Set.of(
            "abac",
            "accelerate",
            "acl",
            "analytics",
            "annotation",
            "append",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "intelligent-tiering",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "metadataConfiguration",
            "metadataInventoryTable",
            "metadataJournalTable",
            "metadataTable",
            "metrics",
            "notification",
            "object-lock",
            "ownershipControls",
            "policy",
            "policyStatus",
            "publicAccessBlock",
            "renameObject",
            "replication",
            "requestPayment",
            "restore",
            "retention",
            "select",
            "session",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versioning",
            "versions",
            "website");

    private record Route(HttpMethod method, Place.Level level, String subResource) {}

    private final Map<Route, Named> table = new HashMap<>();

    /** An operation and S3's name for it. */
    record Named(String name, Operation operation) {}

    /**
     * Adds an operation.
     *
     * @param name what S3 calls it
     * @param subResource the query parameter that makes it another operation, or the empty string
     */
    public Routes add(String name, HttpMethod method, Place.Level level, String subResource, Operation operation) {
        table.put(new Route(method, level, subResource), new Named(name, operation));
        return this;
    }

    /** @throws S3Exception NotImplemented or MethodNotAllowed */
    Named find(HttpMethod method, Place.Level level, RequestTarget target) {
        List<String> named = target.parameters().stream()
                .map(RequestTarget.Parameter::name)
                .filter(SUB_RESOURCES::contains)
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw new S3Exception(S3Error.NOT_IMPLEMENTED, "Of " + named + " a request may name one.");
        }
        String subResource = named.isEmpty() ? "" : named.get(0);
        Named operation = table.get(new Route(method, level, subResource));
        if (operation != null) {
            return operation;
        }
        if (subResource.isEmpty() && !method.equals(HttpMethod.POST)) {
            throw new S3Exception(S3Error.METHOD_NOT_ALLOWED);
        }
        throw new S3Exception(
                S3Error.NOT_IMPLEMENTED,
                method + (subResource.isEmpty() ? "" : " ?" + subResource) + " is not implemented here.");
    }
}
