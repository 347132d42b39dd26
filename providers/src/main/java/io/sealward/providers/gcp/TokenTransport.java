package io.sealward.providers.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Google's HTTP calls over the JDK's client: unlike on Google's own transport, each ends in time or when interrupted. */
final class TokenTransport extends HttpTransport {
    private final HttpClient http;
    private final Duration deadline;

    TokenTransport(HttpClient http, Duration deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Call(method, HttpRequest.newBuilder(URI.create(url)).timeout(deadline));
    }

    private final class Call extends LowLevelHttpRequest {
        private final String method;
        private final HttpRequest.Builder request;

        Call(String method, HttpRequest.Builder request) {
            this.method = method;
            this.request = request;
        }

        @Override
        public void addHeader(String name, String value) {
            request.header(name, value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
                request.header("Content-Type", getContentType());
            }
            request.method(method, BodyPublishers.ofByteArray(body.toByteArray()));
            try {
                HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
                Optional<TokenRefusal> refusal = TokenRefusal.in(answer);
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
                return new TokenResponse(answer);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The token exchange was interrupted.");
            }
        }
    }
}
