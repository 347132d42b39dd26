package io.sealward.gateway.object;

import io.sealward.gateway.front.Response;
import io.sealward.gateway.request.Conditions;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.store.StoreResponse;
import java.util.Optional;

/** What a client is told that has the object already. */
final class Unchanged {
    private static final int NOT_MODIFIED = 304;

    private Unchanged() {}

    /** Whether the store itself says so: its answer then has no body. */
    static boolean says(StoreResponse response) {
        return response.status() == NOT_MODIFIED;
    }

    /**
     * The answer to a read where its conditions, by the store's word or by the object's ETag, leave nothing to send.
     *
     * @param object that the store's answer described
     * @throws io.sealward.gateway.s3.S3Exception PreconditionFailed
     */
    static Optional<Response> answer(S3Request request, StoreResponse response, StoredObject object) {
        boolean unchanged = says(response) || Conditions.unchanged(request.headers(), object.etag());
        return unchanged
                ? Optional.of(Response.empty(NOT_MODIFIED, ReadPlan.describe(request, object)))
                : Optional.empty();
    }
}
