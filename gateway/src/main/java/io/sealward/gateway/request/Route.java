package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpMethod;

/**
 * The requests that mean one operation.
 *
 * @param subResource the query parameter that makes it another operation than the plain one; empty for none
 * @param header the header, in lower case, that makes it another operation than the one without; empty for none
 */
public record Route(HttpMethod method, Place.Level level, String subResource, String header) {
    public Route {
        requireNonNull(method, "method");
        requireNonNull(level, "level");
        requireNonNull(subResource, "subResource");
        requireNonNull(header, "header");
    }

    /** The operation that a method is on a level. */
    public static Route of(HttpMethod method, Place.Level level) {
        return new Route(method, level, "", "");
    }

    /** The one that a query parameter of this name makes of it. */
    public Route with(String named) {
        return new Route(method, level, named, header);
    }

    /** The one that a header makes of it, such as {@code x-amz-copy-source}. */
    public Route selectedBy(String name) {
        return new Route(method, level, subResource, name);
    }
}
