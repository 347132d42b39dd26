package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.s3.UriEncoding;

/** Where clients find an object: the URL that the sender of a request has used. */
public final class ObjectUrl {
    /** What a proxy in front of the gateway, which ends TLS there, says of its own side. */
    private static final String FORWARDED_PROTO = "x-forwarded-proto";

    private ObjectUrl() {}

    /** Of the object that the request addresses. */
    public static String of(S3Request request, Exchange exchange) {
        boolean https = exchange.peer().secure()
                || request.header(FORWARDED_PROTO)
                        .filter(scheme -> scheme.equalsIgnoreCase("https"))
                        .isPresent();
        return (https ? "https://" : "http://")
                + request.header(HttpHeaderNames.HOST.toString()).orElse("")
                + UriEncoding.encodePath(request.target().path());
    }
}
