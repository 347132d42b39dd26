package io.sealward.gateway.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The elements of a policy's JSON: one that is not what it must be is refused, and named. */
final class Elements {
    private Elements() {}

    static List<String> texts(JsonNode statement, String element) {
        return items(statement.path(element), element).stream()
                .map(item -> text(item, element))
                .toList();
    }

    static List<JsonNode> items(JsonNode value, String name) {
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

    static List<String> scalars(JsonNode values, String name) {
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

    static String text(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw new MalformedPolicyException(name + " must be a string.");
        }
        return value.textValue();
    }

    static void requireObject(JsonNode value, String what) {
        if (!value.isObject() || value.isEmpty()) {
            throw new MalformedPolicyException(what + " must be a JSON object that is not empty.");
        }
    }

    static void requireKnown(JsonNode object, List<String> known, String what) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new MalformedPolicyException("The element " + Quoted.of(name) + " is not known in " + what
                        + ". Known are " + String.join(", ", known) + ".");
            }
        });
    }
}
