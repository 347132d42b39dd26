package io.sealward.gateway.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.policy.Wildcard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the JSON of a {@link Trust}; whatever in it would not be evaluated is refused. */
final class TrustReader {
    private static final List<String> KNOWN = List.of("issuer", "audience", "subject", "claims");
    private static final Pattern WILDCARDS_ALONE = Pattern.compile("[*?]*");
    /** What has a meaning of its own, and is held against something else already. */
    private static final List<String> RESERVED = List.of("iss", "aud", "azp", "sub", "exp", "nbf", "iat");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(4).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private TrustReader() {}

    static Trust read(String json) {
        if (json.getBytes(UTF_8).length > Trust.MAX_BYTES) {
            throw new MalformedTrustException("A trust has at most " + Trust.MAX_BYTES + " bytes.");
        }
        JsonNode trust = tree(json);
        if (!trust.isObject()) {
            throw new MalformedTrustException("A trust must be a JSON object.");
        }
        trust.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new MalformedTrustException(
                        "'" + name + "' is not known in a trust. Known are " + String.join(", ", KNOWN) + ".");
            }
        });
        List<Wildcard> subjects = patterns("subject", trust.path("subject"));
        Map<String, List<Wildcard>> claims = new HashMap<>();
        if (trust.has("claims")) {
            claims(trust.get("claims"), claims);
        }
        return new Trust(
                text("issuer", trust.path("issuer")), text("audience", trust.path("audience")), subjects, claims, json);
    }

    private static void claims(JsonNode given, Map<String, List<Wildcard>> claims) {
        if (!given.isObject()) {
            throw new MalformedTrustException("claims must be a JSON object.");
        }
        given.properties().forEach(claim -> {
            if (RESERVED.contains(claim.getKey())) {
                throw new MalformedTrustException(
                        "The claim " + claim.getKey() + " has a place of its own in a trust.");
            }
            claims.put(claim.getKey(), patterns("claims." + claim.getKey(), claim.getValue()));
        });
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new MalformedTrustException(
                    "A trust must be one JSON object of texts and lists of them, no name in it twice.");
        }
    }

    /** One that everybody fits would trust all whom an issuer knows, and that is anybody. */
    private static List<Wildcard> patterns(String name, JsonNode given) {
        List<Wildcard> patterns = new ArrayList<>();
        for (JsonNode item : given.isArray() ? given : List.of(given)) {
            String pattern = text(name, item);
            if (WILDCARDS_ALONE.matcher(pattern).matches()) {
                throw new MalformedTrustException(name + " must say whom to trust, and not '" + pattern + "'.");
            }
            try {
                patterns.add(Wildcard.of(pattern));
            } catch (MalformedPolicyException e) {
                throw new MalformedTrustException(e.getMessage());
            }
        }
        if (patterns.isEmpty()) {
            throw new MalformedTrustException(name + " is empty.");
        }
        return patterns;
    }

    private static String text(String name, JsonNode value) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new MalformedTrustException(name + " must be there, and a text that is not empty.");
        }
        return value.textValue();
    }
}
