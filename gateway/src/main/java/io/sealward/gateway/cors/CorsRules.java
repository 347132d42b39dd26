package io.sealward.gateway.cors;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.xml.XmlElement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cross-origin rules of a bucket, of which the first that matches decides. Source: Amazon S3 User Guide, "Elements of a
 * CORS configuration", and the Fetch standard for the headers.
 */
record CorsRules(List<Rule> rules) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final String ANY = "*";
    private static final String VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    CorsRules {
        rules = List.copyOf(rules);
    }

    /** As the store keeps them. */
    static CorsRules of(XmlElement configuration) {
        return new CorsRules(
                configuration.all("CORSRule").stream().map(Rule::of).toList());
    }

    /**
     * What a browser asks for.
     *
     * @param headers that it wants to send, none for a request that it sends already
     */
    record Wish(String origin, String method, List<String> headers) {}

    /** What says of any answer that it depends on who asks: one that a cache keeps for one page is not another's. */
    static HttpHeaders varying() {
        return new DefaultHttpHeaders().set(HttpHeaderNames.VARY, VARY);
    }

    /** The headers that allow it; empty if no rule does. */
    Optional<HttpHeaders> allow(Wish wish) {
        return rules.stream().filter(rule -> rule.allows(wish)).findFirst().map(rule -> rule.headers(wish));
    }

    private record Rule(
            List<String> origins,
            List<String> methods,
            List<String> allowedHeaders,
            List<String> exposedHeaders,
            Optional<String> maxAge) {
        static Rule of(XmlElement rule) {
            return new Rule(
                    texts(rule, "AllowedOrigin"),
                    tokens(rule, "AllowedMethod"),
                    texts(rule, "AllowedHeader"),
                    tokens(rule, "ExposeHeader"),
                    rule.value("MaxAgeSeconds").map(String::trim).filter(age -> age.matches("\\d{1,9}")));
        }

        private static List<String> texts(XmlElement rule, String name) {
            return rule.all(name).stream().map(child -> child.text().trim()).toList();
        }

        /** Those that an answer can tell: methods and names of headers are tokens (RFC 9110 section 5.6.2). */
        private static List<String> tokens(XmlElement rule, String name) {
            return texts(rule, name).stream()
                    .filter(text -> TOKEN.matcher(text).matches())
                    .toList();
        }

        boolean allows(Wish wish) {
            return methods.contains(wish.method())
                    && origins.stream().anyMatch(pattern -> matches(pattern, wish.origin()))
                    && wish.headers().stream().allMatch(header -> allowedHeaders.stream()
                            .anyMatch(pattern ->
                                    matches(pattern.toLowerCase(Locale.ROOT), header.toLowerCase(Locale.ROOT))));
        }

        HttpHeaders headers(Wish wish) {
            HttpHeaders told = varying();
            boolean anybody = origins.contains(ANY);
            told.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, anybody ? ANY : wish.origin());
            if (!anybody) {
                told.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            }
            told.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
            if (!wish.headers().isEmpty()) {
                told.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", wish.headers()));
            }
            if (!exposedHeaders.isEmpty()) {
                told.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", exposedHeaders));
            }
            maxAge.ifPresent(age -> told.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, age));
            return told;
        }

        /** A pattern has at most one star. */
        private static boolean matches(String pattern, String text) {
            int star = pattern.indexOf('*');
            if (star < 0) {
                return pattern.equals(text);
            }
            String before = pattern.substring(0, star);
            String after = pattern.substring(star + 1);
            return text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        }
    }
}
