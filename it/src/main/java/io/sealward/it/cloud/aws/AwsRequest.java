package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request, read whole.
 *
 * @param headers by lower-case name, several values joined with commas
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record AwsRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
    static AwsRequest read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(header.getKey().toLowerCase(Locale.ROOT), String.join(",", header.getValue()));
        }
        String query = exchange.getRequestURI().getRawQuery();
        return new AwsRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query == null ? "" : query,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body as an HTML form, as the query protocol sends it. */
    Map<String, String> form() {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(body, UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(field.substring(0, equals), UTF_8),
                        URLDecoder.decode(field.substring(equals + 1), UTF_8));
            }
        }
        return fields;
    }

    boolean isKms() {
        return headers.containsKey("x-amz-target");
    }
}
