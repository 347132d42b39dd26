package io.sealward.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWKSet;
import io.sealward.providers.TrustedCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Keys that an issuer serves. No redirect is followed. Source: OpenID Connect Discovery 1.0. */
final class KeySetUrl implements KeySource {
    static final int MAX_BYTES = 256 << 10;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long TIMEOUT_SECONDS = 10;
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Issuer issuer;
    private final HttpClient http;

    KeySetUrl(Issuer issuer) {
        this.issuer = issuer;
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        issuer.trustedCertificates()
                .ifPresent(pem -> client.sslContext(TrustedCertificates.in(pem).context()));
        this.http = client.build();
    }

    @Override
    public CompletionStage<JWKSet> fetch() {
        return where().thenCompose(this::get).thenApply(KeySetUrl::keys);
    }

    private CompletionStage<URI> where() {
        return issuer.keys() instanceof Issuer.Keys.At at
                ? CompletableFuture.completedStage(at.uri())
                : get(URI.create(issuer.issuer().replaceFirst("/$", "") + DISCOVERY))
                        .thenApply(this::discovered);
    }

    private URI discovered(byte[] document) {
        try {
            JsonNode told = JSON.readTree(document);
            URI uri = new URI(told.path("jwks_uri").asText());
            if (!told.path("issuer").asText().equals(issuer.issuer()) || !Issuer.isSafe(uri)) {
                throw unusable("its discovery document is another issuer's, or has no jwks_uri under https");
            }
            return uri;
        } catch (IOException | URISyntaxException e) {
            throw unusable("its discovery document is none");
        }
    }

    private CompletionStage<byte[]> get(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(TIMEOUT_SECONDS))
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, answer -> new BoundedBody(MAX_BYTES));
        CompletableFuture<HttpResponse<byte[]>> answered = sent.copy().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return answered.whenComplete((answer, failure) -> sent.cancel(true)) // of one that is over this changes nothing
                .thenApply(answer -> {
                    if (answer.statusCode() != 200) {
                        throw unusable("it answered " + answer.statusCode());
                    }
                    return answer.body();
                });
    }

    private static JWKSet keys(byte[] document) {
        try {
            return JWKSet.parse(new String(document, UTF_8));
        } catch (ParseException e) {
            throw unusable("its keys are no JWK Set");
        }
    }

    static UncheckedIOException unusable(String message) {
        return new UncheckedIOException(new IOException(message));
    }
}
