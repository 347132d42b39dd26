package io.sealward.it.store;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestSigner;
import java.time.Clock;
import java.util.Map;

/** Heads of requests that a gateway believes: a hostile client may be a tenant. */
public record SignedHeads(S3Target target) {
    /** Up to the empty line, signed as of now; {@code more} has what the request needs besides. */
    public String of(HttpMethod method, String path, String query, Map<String, String> more) {
        HttpHeaders headers = new DefaultHttpHeaders();
        headers.set("host", target.endpoint().getAuthority());
        more.forEach(headers::set);
        new RequestSigner(target.accessKey(), target.secretKey(), S3Target.REGION, Clock.systemUTC())
                .sign(method, path, query, headers, PayloadPolicy.UNSIGNED_PAYLOAD);
        StringBuilder head =
                new StringBuilder(method + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\n");
        headers.forEach(header -> head.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        return head.append("\r\n").toString();
    }
}
