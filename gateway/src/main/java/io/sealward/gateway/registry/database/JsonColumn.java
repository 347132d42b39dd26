package io.sealward.gateway.registry.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Maps as JSON text in a column. */
public final class JsonColumn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonColumn() {}

    public static String write(Map<String, ?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON value", e);
        }
    }

    public static Map<String, Object> read(String text) {
        return read(text, new TypeReference<>() {});
    }

    public static Map<String, String> readStrings(String text) {
        return read(text, new TypeReference<>() {});
    }

    private static <T> T read(String text, TypeReference<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the column does not hold JSON", e);
        }
    }
}
