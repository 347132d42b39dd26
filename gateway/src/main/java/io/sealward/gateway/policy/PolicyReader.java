package io.sealward.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the JSON of a policy, of a credential or of a bucket: the one speaks of its bearer, the other says whom. Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 */
final class PolicyReader {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_EFFORT = 2048;
    private static final String VERSION = "2012-10-17";
    private static final List<String> OF_POLICIES = List.of("Version", "Id", "Statement");
    private static final List<String> OF_STATEMENTS =
            List.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final List<String> OF_BUCKET_STATEMENTS = Stream.concat(
                    OF_STATEMENTS.stream(), Stream.of("Principal", "NotPrincipal"))
            .toList();

    private final List<String> elements;
    private final Optional<String> username;
    private final Set<String> sids = new HashSet<>();

    private PolicyReader(List<String> elements, Optional<String> username) {
        this.elements = elements;
        this.username = username;
    }

    static PolicyReader ofCredential(String username) {
        return new PolicyReader(OF_STATEMENTS, Optional.of(username));
    }

    static PolicyReader ofBucket() {
        return new PolicyReader(OF_BUCKET_STATEMENTS, Optional.empty());
    }

    List<Statement> read(String json) {
        if (json.getBytes(UTF_8).length > Policy.MAX_BYTES) {
            throw new MalformedPolicyException("A policy has at most " + Policy.MAX_BYTES + " bytes.");
        }
        JsonNode policy = tree(json);
        Elements.requireObject(policy, "A policy");
        Elements.requireKnown(policy, OF_POLICIES, "a policy");
        if (!policy.path("Version").asText().equals(VERSION)) {
            throw new MalformedPolicyException("Version must be \"" + VERSION + "\".");
        }
        if (policy.has("Id")) {
            Elements.text(policy.get("Id"), "Id");
        }
        List<Statement> statements = new ArrayList<>();
        Elements.items(policy.path("Statement"), "Statement")
                .forEach(statement -> statements.add(statement(statement)));
        if (statements.stream().mapToInt(Statement::effort).sum() > MAX_EFFORT) {
            throw new MalformedPolicyException(
                    "Of the patterns of a policy all that stands behind their first * may have " + MAX_EFFORT
                            + " characters together.");
        }
        return statements;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new MalformedPolicyException(
                    "A policy must be one JSON object, no name in it twice and nothing deeper than " + MAX_DEPTH
                            + " levels; line " + line + " is not.");
        }
    }

    private Statement statement(JsonNode statement) {
        Elements.requireObject(statement, "A statement");
        Elements.requireKnown(statement, elements, "a statement");
        if (statement.has("Sid")) {
            String sid = Elements.text(statement.get("Sid"), "Sid");
            if (!sids.add(sid)) {
                throw new MalformedPolicyException("Two statements have the Sid " + Quoted.of(sid) + ".");
            }
        }
        boolean otherActions = isOther(statement, "Action");
        boolean otherResources = isOther(statement, "Resource");
        return new Statement(
                allows(statement),
                principals(statement),
                Actions.matching(Elements.texts(statement, otherActions ? "NotAction" : "Action"), otherActions),
                Resources.of(
                        Elements.texts(statement, otherResources ? "NotResource" : "Resource"),
                        otherResources,
                        username),
                statement.has("Condition") ? conditions(statement.get("Condition")) : List.of());
    }

    private Principals principals(JsonNode statement) {
        if (!elements.contains("Principal")) {
            return Principals.BEARER;
        }
        if (!statement.has("Principal") && !statement.has("NotPrincipal")) {
            throw new MalformedPolicyException("Missing required field Principal");
        }
        boolean others = isOther(statement, "Principal");
        if (others && allows(statement)) {
            throw new MalformedPolicyException("Allow with NotPrincipal is not allowed.");
        }
        JsonNode named = statement.get(others ? "NotPrincipal" : "Principal");
        if (named.isTextual() && named.textValue().equals("*")) {
            return Principals.of(List.of("*"), others);
        }
        if (!named.isObject() || named.isEmpty()) {
            throw new MalformedPolicyException("Invalid principal in policy: expected \"*\" or {\"AWS\": ...}.");
        }
        Elements.requireKnown(named, List.of("AWS"), "a principal");
        return Principals.of(Elements.texts(named, "AWS"), others);
    }

    private List<Condition> conditions(JsonNode operators) {
        Elements.requireObject(operators, "Condition");
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : operators.properties()) {
            Elements.requireObject(operator.getValue(), Quoted.of(operator.getKey()));
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                conditions.add(ConditionReader.read(
                        operator.getKey(), key.getKey(), Elements.scalars(key.getValue(), key.getKey()), username));
            }
        }
        return conditions;
    }

    private static boolean allows(JsonNode statement) {
        return switch (statement.path("Effect").asText()) {
            case "Allow" -> true;
            case "Deny" -> false;
            default -> throw new MalformedPolicyException("Effect must be \"Allow\" or \"Deny\".");
        };
    }

    /** Whether a statement has the opposite of an element, of which it must have one. */
    private static boolean isOther(JsonNode statement, String element) {
        if (statement.has(element) == statement.has("Not" + element)) {
            throw new MalformedPolicyException("A statement must have one of " + element + " and Not" + element + ".");
        }
        return statement.has("Not" + element);
    }
}
