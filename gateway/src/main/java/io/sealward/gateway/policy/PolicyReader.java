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
import java.util.Set;

/** Reads the JSON of a policy. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
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

    private final String username;
    private final Set<String> sids = new HashSet<>();

    PolicyReader(String username) {
        this.username = username;
    }

    Policy read(String json) {
        if (json.getBytes(UTF_8).length > Policy.MAX_BYTES) {
            throw new MalformedPolicyException("A policy has at most " + Policy.MAX_BYTES + " bytes.");
        }
        JsonNode policy = tree(json);
        requireObject(policy, "A policy");
        requireKnown(policy, OF_POLICIES, "a policy");
        if (!policy.path("Version").asText().equals(VERSION)) {
            throw new MalformedPolicyException("Version must be \"" + VERSION + "\".");
        }
        if (policy.has("Id")) {
            text(policy.get("Id"), "Id");
        }
        List<Statement> statements = new ArrayList<>();
        items(policy.path("Statement"), "Statement").forEach(statement -> statements.add(statement(statement)));
        if (statements.stream().mapToInt(Statement::effort).sum() > MAX_EFFORT) {
            throw new MalformedPolicyException(
                    "Of the patterns of a policy all that stands behind their first * may have " + MAX_EFFORT
                            + " characters together.");
        }
        return new Policy(statements);
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
        requireObject(statement, "A statement");
        requireKnown(statement, OF_STATEMENTS, "a statement");
        if (statement.has("Sid")) {
            String sid = text(statement.get("Sid"), "Sid");
            if (!sids.add(sid)) {
                throw new MalformedPolicyException("Two statements have the Sid " + Quoted.of(sid) + ".");
            }
        }
        boolean otherActions = isOther(statement, "Action");
        boolean otherResources = isOther(statement, "Resource");
        return new Statement(
                allows(statement),
                Actions.matching(texts(statement, otherActions ? "NotAction" : "Action"), otherActions),
                Resources.of(texts(statement, otherResources ? "NotResource" : "Resource"), otherResources, username),
                statement.has("Condition") ? conditions(statement.get("Condition")) : List.of());
    }

    private List<Condition> conditions(JsonNode operators) {
        requireObject(operators, "Condition");
        List<Condition> conditions = new ArrayList<>();
        for (Map.Entry<String, JsonNode> operator : operators.properties()) {
            requireObject(operator.getValue(), Quoted.of(operator.getKey()));
            for (Map.Entry<String, JsonNode> key : operator.getValue().properties()) {
                conditions.add(ConditionReader.read(
                        operator.getKey(), key.getKey(), scalars(key.getValue(), key.getKey()), username));
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

    private static List<String> texts(JsonNode statement, String element) {
        return items(statement.path(element), element).stream()
                .map(item -> text(item, element))
                .toList();
    }

    private static List<JsonNode> items(JsonNode value, String name) {
        List<JsonNode> items = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(items::add);
        } else if (!value.isMissingNode()) {
            items.add(value);
        }
        if (items.isEmpty()) {
            throw new MalformedPolicyException(name + " is missing or empty.");
        }
        return items;
    }

    private static List<String> scalars(JsonNode values, String name) {
        return items(values, name).stream()
                .map(value -> {
                    if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                        throw new MalformedPolicyException(
                                "The values of " + Quoted.of(name) + " must be strings, numbers, true or false.");
                    }
                    return value.asText();
                })
                .toList();
    }

    private static String text(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw new MalformedPolicyException(name + " must be a string.");
        }
        return value.textValue();
    }

    private static void requireObject(JsonNode value, String what) {
        if (!value.isObject() || value.isEmpty()) {
            throw new MalformedPolicyException(what + " must be a JSON object that is not empty.");
        }
    }

    private static void requireKnown(JsonNode object, List<String> known, String what) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new MalformedPolicyException("The element " + Quoted.of(name) + " is not known in " + what
                        + ". Known are " + String.join(", ", known) + ".");
            }
        });
    }
}
