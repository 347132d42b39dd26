package io.sealward.gateway.identity;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.Wildcard;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may take on a role: whom one issuer vouches for, to one audience, under a subject and with claims that fit.
 *
 * @param subjects of which one must fit
 * @param claims of each named, one value must fit one of the patterns
 * @param text the JSON that it was read from
 */
public record Trust(
        String issuer, String audience, List<Wildcard> subjects, Map<String, List<Wildcard>> claims, String text) {
    /** Of the document, in UTF-8. */
    public static final int MAX_BYTES = 4 << 10;

    public Trust {
        requireNonNull(issuer, "issuer");
        requireNonNull(audience, "audience");
        subjects = List.copyOf(subjects);
        claims = Map.copyOf(claims);
        requireNonNull(text, "text");
    }

    /**
     * Reads {@code {"issuer": …, "audience": …, "subject": …, "claims": {…}}}, subject and claims with {@code *} and {@code ?},
     * each a text or several.
     *
     * @throws MalformedTrustException saying what is wrong
     */
    public static Trust parse(String json) {
        return TrustReader.read(json);
    }

    /** Why it does not trust somebody, in a word for the log; empty if it does. */
    public Optional<String> refuses(Identity identity) {
        if (!identity.issuer().equals(issuer)) {
            return Optional.of("iss");
        }
        if (!identity.isFor(audience)) {
            return Optional.of("aud");
        }
        if (!fits(subjects, List.of(identity.subject()))) {
            return Optional.of("sub");
        }
        return claims.entrySet().stream()
                .filter(claim -> !fits(claim.getValue(), identity.claims().getOrDefault(claim.getKey(), List.of())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean fits(List<Wildcard> patterns, List<String> values) {
        return values.stream().anyMatch(value -> patterns.stream().anyMatch(pattern -> pattern.matches(value)));
    }
}
