package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpMethod;

/**
 * The requests that mean one operation.
 *
 * @param subResource the query parameter that makes it another operation than the plain one; empty for none
 * @param header the header, in lower case, that makes it another operation than the one without; empty for none
 * @param parameter the query parameter beside the sub-resource that does the same; empty for none
 */
public record Route(HttpMethod method, Place.Level level, String subResource, String header, String parameter) {
    public Route {
        requireNonNull(method, "method");
        requireNonNull(level, "level");
        requireNonNull(subResource, "subResource");
        requireNonNull(header, "header");
        requireNonNull(parameter, "parameter");
    }

    /** The operation that a method is on a level. */
    public static Route of(HttpMethod method, Place.Level level) {
        return new Route(method, level, "", "", "");
    }

    /** The one that a query parameter of this name makes of it. */
    public Route with(String named) {
        return new Route(method, level, named, header, parameter);
    }

    /** The one that a header makes of it, such as {@code x-amz-copy-source}. */
    public Route selectedBy(String name) {
        return new Route(method, level, subResource, name, parameter);
    }

    /** The one that naming something of the sub-resource's kind makes of it, as {@code id} does. */
    public Route naming(String name) {
        return new Route(method, level, subResource, header, name);
    }

    /** Whether it takes some of the requests of another route with the same method, level and sub-resource. */
    public boolean selects() {
        return !header.isEmpty() || !parameter.isEmpty();
    }
}
