package io.sealward.gateway.management.http;

import java.util.Optional;

/**
 * A request as it came from the wire.
 *
 * @param uri path and query, still encoded
 * @param authorization the header's value
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record ApiRequest(String id, String method, String uri, Optional<String> authorization, byte[] body) {
    /** Without the header that holds the admin key, and the body. */
    @Override
    public String toString() {
        return "ApiRequest[" + id + " " + method + "]";
    }
}
