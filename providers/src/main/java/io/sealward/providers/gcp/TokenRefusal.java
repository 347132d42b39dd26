package io.sealward.providers.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A failure of the token service that has not the form of OAuth, which is all that Google's library reads: the form of Google's
 * other APIs, {@code {"error": {"code", "message", "status"}}}, or none at all.
 *
 * @see <a href="https://cloud.google.com/apis/design/errors#http_mapping">Google's API design guide, HTTP mapping</a>
 */
final class TokenRefusal extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int FIRST_FAILURE_STATUS = 400;
    private static final String ERROR = "error";

    private final boolean denied;

    private TokenRefusal(String message, boolean denied) {
        super(message);
        this.denied = denied;
    }

    /** Empty for a success, and for an error that the library reads. */
    static Optional<TokenRefusal> in(HttpResponse<byte[]> answer) {
        if (answer.statusCode() < FIRST_FAILURE_STATUS) {
            return Optional.empty();
        }
        Map<?, ?> body = json(answer.body());
        if (isOAuth(body)) {
            return Optional.empty();
        }
        Map<?, ?> error = body.get(ERROR) instanceof Map<?, ?> inner ? inner : Map.of();
        String status = text(error, "status");
        String words = text(error, "message");
        return Optional.of(new TokenRefusal(
                "HTTP " + answer.statusCode() + (status.isEmpty() ? "" : " (" + status + ")")
                        + (words.isEmpty() ? "." : ": " + words),
                status.equals("PERMISSION_DENIED")));
    }

    /** Whether it is an answer of Google's own about the tenant's project, such as that its API is off. */
    boolean denied() {
        return denied;
    }

    /** RFC 6749, 5.2. */
    private static boolean isOAuth(Map<?, ?> body) {
        return body.get(ERROR) instanceof String
                && Stream.of("error_description", "error_uri")
                        .map(body::get)
                        .allMatch(field -> field == null || field instanceof String);
    }

    private static Map<?, ?> json(byte[] body) {
        try {
            return GsonFactory.getDefaultInstance()
                    .createJsonParser(new ByteArrayInputStream(body), UTF_8)
                    .parse(GenericJson.class);
        } catch (IOException | RuntimeException notJson) {
            return Map.of();
        }
    }

    private static String text(Map<?, ?> parent, String name) {
        return parent.get(name) instanceof String text ? text : "";
    }
}
