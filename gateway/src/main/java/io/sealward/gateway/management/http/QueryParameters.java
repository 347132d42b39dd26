package io.sealward.gateway.management.http;

import io.sealward.gateway.registry.database.Page;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query of a request. As in a body, each parameter is read by name and type, and others are refused. */
public final class QueryParameters {
    private static final int MAX_VALUES = 100;
    private static final int DEFAULT_LIMIT = 20;

    private final Map<String, List<String>> parameters;
    private final Set<String> known = new HashSet<>();

    QueryParameters(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    public Optional<String> text(String name) {
        known.add(name);
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ApiException.invalid(name, "duplicate_parameter", "Duplicate parameter: '" + name + "'.");
        }
        return values.stream().findFirst().map(value -> Printable.require(name, value));
    }

    /** All values of {@code name[]}, which may also be spelled without the brackets. */
    public List<String> texts(String name) {
        known.add(name);
        known.add(name + "[]");
        if (parameters.containsKey(name) && parameters.containsKey(name + "[]")) {
            throw ApiException.invalid(name, "duplicate_parameter", "Duplicate parameter: '" + name + "'.");
        }
        List<String> values = parameters.getOrDefault(name + "[]", parameters.getOrDefault(name, List.of()));
        if (values.size() > MAX_VALUES) {
            throw ApiException.invalid(
                    name,
                    "array_above_max_length",
                    "Invalid '" + name + "': array too long. Expected an array with maximum length " + MAX_VALUES
                            + ".");
        }
        values.forEach(value -> Printable.require(name, value));
        return values;
    }

    public String choice(String name, List<String> choices, String byDefault) {
        return requireChoice(name, choices, text(name).orElse(byDefault));
    }

    public static String requireChoice(String name, List<String> choices, String value) {
        if (!choices.contains(value)) {
            throw ApiException.invalid(
                    name,
                    "invalid_value",
                    "Invalid value for '" + name + "'. Supported values are: " + String.join(", ", choices) + ".");
        }
        return value;
    }

    public boolean bool(String name) {
        return Boolean.parseBoolean(choice(name, List.of("true", "false"), "false"));
    }

    public Optional<Long> integer(String name, long min, long max) {
        return text(name).map(text -> {
            long value;
            try {
                value = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw ApiException.invalid(
                        name, "invalid_type", "Invalid type for '" + name + "': expected an integer.");
            }
            if (value < min || value > max) {
                throw ApiException.invalid(
                        name,
                        "invalid_value",
                        "Invalid '" + name + "': expected an integer from " + min + " to " + max + ", but got " + value
                                + " instead.");
            }
            return value;
        });
    }

    /** {@code after}, {@code limit} and {@code order}; the order is the given one unless the client says otherwise. */
    public Page.Request page(int minLimit, Page.Order byDefault) {
        String order = choice("order", List.of("asc", "desc"), byDefault == Page.Order.ASC ? "asc" : "desc");
        return page(minLimit).in(order.equals("asc") ? Page.Order.ASC : Page.Order.DESC);
    }

    /** {@code after} and {@code limit}, for lists whose order the client cannot choose. */
    public Unordered page(int minLimit) {
        int limit = integer("limit", minLimit, 100).map(Long::intValue).orElse(DEFAULT_LIMIT);
        return new Unordered(text("after"), limit);
    }

    /** A page whose order is still open. */
    public record Unordered(Optional<String> after, int limit) {
        public Page.Request in(Page.Order order) {
            return new Page.Request(after, limit, order);
        }
    }

    void rejectOthers() {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.invalid(name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
            }
        }
    }
}
