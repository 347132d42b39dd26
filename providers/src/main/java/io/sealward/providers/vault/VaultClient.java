package io.sealward.providers.vault;

import static java.net.http.HttpResponse.BodyHandlers.ofInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.NoAnswer;
import io.sealward.providers.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP API of one server, in one namespace. It goes where it was told and nowhere else: no redirection is followed. Of an
 * answer no more than a bound is read. Blocking; thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/vault/api-docs">Vault HTTP API</a>
 */
final class VaultClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STEP_DEADLINE = Duration.ofSeconds(3);
    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final int FIRST_FAILURE_STATUS = 300;

    private final VaultKeySpec.Server server;
    private final HttpClient http;

    VaultClient(VaultKeySpec.Server server) {
        this.server = server;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(STEP_DEADLINE)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        server.authority().map(VaultClient::trusted).ifPresent(trusted -> builder.sslContext(trusted.context()));
        http = builder.build();
    }

    private static TrustedCertificates trusted(String authority) {
        try {
            return TrustedCertificates.of(Base64.getDecoder().decode(authority));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException(
                    "vault_ca_certificate", "Invalid 'vault_ca_certificate': expected a certificate as base64 of DER.");
        }
    }

    /**
     * Posts a document.
     *
     * @param token empty for a call that needs none
     * @return the document that came back
     * @throws VaultAnswerException if Vault refused
     * @throws KmsException {@link KmsError#UNREACHABLE} if there was no answer, or none that makes sense
     */
    JsonNode post(String path, Optional<String> token, Map<String, ?> document) throws InterruptedException {
        try {
            byte[] body = JSON.writeValueAsBytes(document);
            HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path))
                    .timeout(STEP_DEADLINE)
                    .header("Content-Type", "application/json")
                    .header("X-Vault-Request", "true")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
            try {
                return read(http.send(request.build(), ofInputStream()));
            } finally {
                Arrays.fill(body, (byte) 0);
            }
        } catch (IOException e) {
            String reason = NoAnswer.reason(e).orElse("the connection broke");
            throw new KmsException(KmsError.UNREACHABLE, "Vault does not answer: " + reason + ".", e);
        }
    }

    private static JsonNode read(HttpResponse<InputStream> response) throws IOException {
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(MAX_ANSWER_BYTES + 1);
        }
        try {
            Optional<JsonNode> document = body.length > MAX_ANSWER_BYTES ? Optional.empty() : parse(body);
            if (response.statusCode() >= FIRST_FAILURE_STATUS) {
                throw new VaultAnswerException(response.statusCode(), document.flatMap(VaultClient::errors));
            }
            // What is not understood is not quoted: it may hold a secret.
            return document.orElseThrow(
                    () -> new KmsException(KmsError.UNREACHABLE, "Vault answered what is not understood."));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> errors(JsonNode document) {
        JsonNode errors = document.path("errors");
        return errors.isArray()
                ? Optional.of(errors.valueStream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .toList())
                : Optional.empty();
    }
}
