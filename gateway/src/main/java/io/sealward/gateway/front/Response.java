package io.sealward.gateway.front;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** A small answer, whole in memory. */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Response(int status, HttpHeaders headers, byte[] body) {
    private static final byte[] NO_BODY = {};

    public static Response empty(int status) {
        return new Response(status, new DefaultHttpHeaders(), NO_BODY);
    }

    public static Response empty(int status, HttpHeaders headers) {
        return new Response(status, headers, NO_BODY);
    }

    public static Response xml(int status, String document) {
        HttpHeaders headers = new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/xml");
        return new Response(status, headers, document.getBytes(UTF_8));
    }
}
