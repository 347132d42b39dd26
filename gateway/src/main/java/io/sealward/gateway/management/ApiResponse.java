package io.sealward.gateway.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** An answer, complete. The body is not copied. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record ApiResponse(int status, String contentType, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ApiResponse json(Map<String, Object> body) {
        return json(200, body);
    }

    static ApiResponse json(int status, Map<String, Object> body) {
        try {
            return new ApiResponse(status, "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is not JSON", e);
        }
    }

    static ApiResponse text(String contentType, String body) {
        return new ApiResponse(200, contentType, body.getBytes(UTF_8));
    }
}
