package io.sealward.gateway.management.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request that ends in the API's error object. The message reaches the client: no secret, no internals. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final String type;
    private final String code;
    private final transient Optional<String> param;

    private ApiException(int status, String type, String code, Optional<String> param, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    public static ApiException invalid(String param, String code, String message) {
        return new ApiException(400, INVALID_REQUEST, code, Optional.of(param), message);
    }

    public static ApiException missing(String param) {
        return invalid(param, "missing_required_parameter", "Missing required parameter: '" + param + "'.");
    }

    public static ApiException refused(String code, String message) {
        return new ApiException(400, INVALID_REQUEST, code, Optional.empty(), message);
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(401, INVALID_REQUEST, "invalid_api_key", Optional.empty(), message);
    }

    static ApiException forbidden(String message) {
        return new ApiException(403, INVALID_REQUEST, "missing_scope", Optional.empty(), message);
    }

    static ApiException notFound(String message) {
        return new ApiException(404, INVALID_REQUEST, "not_found", Optional.empty(), message);
    }

    /** There is no such thing, or it is another organization's. */
    public static ApiException notFound(String what, String id) {
        return notFound("No " + what + " found with id '" + id + "'.");
    }

    static ApiException unknownUrl(String method, String path) {
        return new ApiException(
                404,
                INVALID_REQUEST,
                "unknown_url",
                Optional.empty(),
                "Unknown request URL: " + method + " " + path + ".");
    }

    static ApiException methodNotAllowed(String method, String path) {
        return new ApiException(
                405,
                INVALID_REQUEST,
                "method_not_allowed",
                Optional.empty(),
                "Not allowed to " + method + " on " + path + ".");
    }

    public static ApiException conflict(String code, String message) {
        return new ApiException(409, INVALID_REQUEST, code, Optional.empty(), message);
    }

    static ApiException tooLarge(int maxBytes) {
        return new ApiException(
                413,
                INVALID_REQUEST,
                "request_too_large",
                Optional.empty(),
                "The request body is too large. Expected at most " + maxBytes + " bytes.");
    }

    public static ApiException tooMany(String message) {
        return new ApiException(429, "requests", "rate_limit_exceeded", Optional.empty(), message);
    }

    static ApiException internal(String requestId) {
        return new ApiException(
                500,
                "server_error",
                "internal_error",
                Optional.empty(),
                "The server had an error while processing your request. Its request id is " + requestId + ".");
    }

    static ApiException unavailable(String message) {
        return new ApiException(503, "server_error", "unavailable", Optional.empty(), message);
    }

    /** What the API depends on did not do its part; the same request may succeed later. */
    public static ApiException upstream(String code, String message) {
        return new ApiException(503, "server_error", code, Optional.empty(), message);
    }

    int status() {
        return status;
    }

    ApiResponse response() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param.orElse(null));
        error.put("code", code);
        return ApiResponse.json(status, Map.of("error", error));
    }
}
