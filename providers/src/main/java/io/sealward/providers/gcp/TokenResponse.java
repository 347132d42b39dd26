package io.sealward.providers.gcp;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** An answer of {@link TokenTransport}, whole. */
final class TokenResponse extends LowLevelHttpResponse {
    private final HttpResponse<byte[]> response;
    private final List<Map.Entry<String, String>> headers;

    TokenResponse(HttpResponse<byte[]> response) {
        this.response = response;
        headers = response.headers().map().entrySet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                .toList();
    }

    @Override
    public InputStream getContent() {
        return new ByteArrayInputStream(response.body());
    }

    @Override
    public String getContentEncoding() {
        return header("Content-Encoding");
    }

    @Override
    public long getContentLength() {
        return response.body().length;
    }

    @Override
    public String getContentType() {
        return header("Content-Type");
    }

    @Override
    public String getStatusLine() {
        return "HTTP " + response.statusCode();
    }

    @Override
    public int getStatusCode() {
        return response.statusCode();
    }

    @Override
    public String getReasonPhrase() {
        return "";
    }

    @Override
    public int getHeaderCount() {
        return headers.size();
    }

    @Override
    public String getHeaderName(int index) {
        return headers.get(index).getKey();
    }

    @Override
    public String getHeaderValue(int index) {
        return headers.get(index).getValue();
    }

    /** Null for a header that is not there, as the library asks. */
    private String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }
}
