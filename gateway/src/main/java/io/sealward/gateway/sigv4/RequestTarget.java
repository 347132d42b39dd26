package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.s3.UriEncoding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;

/**
 * A request target, decoded once: what the signature covers and what the operation works on are the same strings.
 *
 * @param path the decoded path, starting with a slash; never normalized, since {@code //} and {@code ..} are legal in keys
 * @param parameters the decoded query in the order of the wire; a name without {@code =} has the empty value
 */
public record RequestTarget(String path, List<Parameter> parameters) {
    /** A decoded name and value of the query. */
    public record Parameter(String name, String value) {
        public Parameter {
            requireNonNull(name, "name");
            requireNonNull(value, "value");
        }
    }

    private record Pair(String name, String value) {}

    private static final Comparator<Pair> SIGNING_ORDER =
            Comparator.comparing(Pair::name).thenComparing(Pair::value);

    public RequestTarget {
        requireNonNull(path, "path");
        parameters = List.copyOf(parameters);
    }

    /**
     * Parses the target of a request line in origin or absolute form, a char for each byte as Netty decodes it.
     *
     * @throws io.sealward.gateway.s3.S3Exception InvalidURI on a bad escape or on text that is not UTF-8
     */
    public static RequestTarget parse(String raw) {
        String origin = withoutAuthority(raw);
        int question = origin.indexOf('?');
        String path = question < 0 ? origin : origin.substring(0, question);
        String query = question < 0 ? "" : origin.substring(question + 1);
        String decoded = UriEncoding.decodePath(path);
        return new RequestTarget(decoded.startsWith("/") ? decoded : "/" + decoded, parseQuery(query));
    }

    /** The value of the first parameter of that exact name. */
    public Optional<String> parameter(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }

    public boolean hasParameter(String name) {
        return parameter(name).isPresent();
    }

    String canonicalPath() {
        return UriEncoding.encodePath(path);
    }

    String canonicalQuery(Predicate<String> signed) {
        List<Pair> pairs = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            if (signed.test(parameter.name())) {
                pairs.add(new Pair(
                        UriEncoding.encodeQuery(parameter.name()), UriEncoding.encodeQuery(parameter.value())));
            }
        }
        pairs.sort(SIGNING_ORDER);
        StringJoiner query = new StringJoiner("&");
        for (Pair pair : pairs) {
            query.add(pair.name() + '=' + pair.value());
        }
        return query.toString();
    }

    private static String withoutAuthority(String raw) {
        if (raw.startsWith("/")) {
            return raw;
        }
        int scheme = raw.indexOf("://");
        if (scheme < 0) {
            return raw;
        }
        for (int i = scheme + 3; i < raw.length(); i++) {
            if (raw.charAt(i) == '/' || raw.charAt(i) == '?') {
                return raw.substring(i);
            }
        }
        return "/";
    }

    private static List<Parameter> parseQuery(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.add(new Parameter(UriEncoding.decodeQuery(name), UriEncoding.decodeQuery(value)));
            }
        }
        return parameters;
    }
}
