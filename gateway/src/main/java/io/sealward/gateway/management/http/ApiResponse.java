package io.sealward.gateway.management.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer, complete. The body is not copied. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record ApiResponse(int status, String contentType, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static ApiResponse json(Map<String, Object> body) {
        return json(200, body);
    }

    public static ApiResponse json(int status, Map<String, Object> body) {
        try {
            return new ApiResponse(status, "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is not JSON", e);
        }
    }

    /**
     * What the API says of a thing that is gone.
     *
     * @param object the type of the thing
     */
    public static ApiResponse deleted(String object, String id) {
        Map<String, Object> deleted = new LinkedHashMap<>();
        deleted.put("object", object + ".deleted");
        deleted.put("id", id);
        deleted.put("deleted", true);
        return json(deleted);
    }

    public static ApiResponse text(String contentType, String body) {
        return new ApiResponse(200, contentType, body.getBytes(UTF_8));
    }
}
