package io.sealward.it.chaos.withdrawal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A JSON object of which each field must be as it should; what is not is refused with its place in the document. */
record Fields(JsonNode node, String place) {
    /** @throws BadReportException if it is no object */
    static Fields of(JsonNode node, String place) {
        if (!node.isObject()) {
            throw new BadReportException(place, "is no object");
        }
        return new Fields(node, place);
    }

    /** @throws BadReportException naming the first field that is none of these */
    Fields only(String... names) {
        Set<String> unknown = new TreeSet<>();
        node.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of(names));
        if (!unknown.isEmpty()) {
            throw new BadReportException(at(unknown.iterator().next()), "is not known");
        }
        return this;
    }

    String text(String name) {
        return text(node.path(name), at(name));
    }

    double number(String name) {
        return number(node.path(name), at(name));
    }

    OptionalDouble numberIfAny(String name) {
        return node.has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
    }

    int count(String name) {
        return count(node.path(name), at(name));
    }

    Fields object(String name) {
        return of(node.path(name), at(name));
    }

    <T> List<T> list(String name, Function<Fields, T> read) {
        List<T> all = new ArrayList<>();
        forEach(name, (value, at) -> all.add(read.apply(of(value, at))));
        return all;
    }

    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        forEach(name, (value, at) -> all.add(text(value, at)));
        return all;
    }

    Map<String, List<Integer>> counts(String name) {
        Map<String, List<Integer>> all = new LinkedHashMap<>();
        Fields lines = object(name);
        lines.node.fieldNames().forEachRemaining(line -> {
            List<Integer> counts = new ArrayList<>();
            lines.forEach(line, (value, at) -> counts.add(count(value, at)));
            all.put(line, counts);
        });
        return all;
    }

    boolean flag(String name) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw new BadReportException(at(name), "is neither true nor false");
        }
        return value.booleanValue();
    }

    String at(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private interface Element {
        void read(JsonNode value, String at);
    }

    private void forEach(String name, Element element) {
        JsonNode array = node.path(name);
        if (!array.isArray()) {
            throw new BadReportException(at(name), "is no list");
        }
        for (int i = 0; i < array.size(); i++) {
            element.read(array.get(i), at(name) + "[" + i + "]");
        }
    }

    private static String text(JsonNode value, String at) {
        if (!value.isTextual()) {
            throw new BadReportException(at, "is no text");
        }
        return value.textValue();
    }

    private static double number(JsonNode value, String at) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new BadReportException(at, "is no number");
        }
        return value.doubleValue();
    }

    private static int count(JsonNode value, String at) {
        if (!value.isInt() || value.intValue() < 0) {
            throw new BadReportException(at, "is no count");
        }
        return value.intValue();
    }
}
