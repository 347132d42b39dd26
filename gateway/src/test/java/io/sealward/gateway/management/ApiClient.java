package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A client of the API that holds every answer against the OpenAPI document. */
final class ApiClient {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;
    private final OpenApi openApi;
    private final StringWriter transcript;

    /** The transcript takes down every answer. */
    ApiClient(URI base, String token, OpenApi openApi, StringWriter transcript) {
        this.base = base;
        this.token = token;
        this.openApi = openApi;
        this.transcript = transcript;
    }

    /** An answer. */
    record Answer(int status, String contentType, String body, HttpResponse<String> raw) {
        JsonNode json() {
            try {
                return OpenApi.JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }

        /** The body of a success. */
        JsonNode ok() {
            assertThat(status).as(body).isEqualTo(200);
            return json();
        }

        /** The error object of a failure. */
        JsonNode error(int expectedStatus) {
            assertThat(status).as(body).isEqualTo(expectedStatus);
            return json().get("error");
        }
    }

    ApiClient with(String otherToken) {
        return new ApiClient(base, otherToken, openApi, transcript);
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, "");
    }

    Answer send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String contentType = response.headers().firstValue("content-type").orElse("");
            transcript
                    .append(response.headers().map().toString())
                    .append('\n')
                    .append(response.body())
                    .append('\n');
            openApi.check(method, path.split("\\?")[0], response.statusCode(), contentType, response.body());
            return new Answer(response.statusCode(), contentType, response.body(), response);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(method + " " + path, e);
        }
    }
}
