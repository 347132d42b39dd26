package io.sealward.gateway.management.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request body: one JSON object of plain values, of objects of them, or of documents that are others' to read. Each field is read by name and type, a field
 * of an object inside by the way to it, {@code object.field}; at the end {@link #rejectOthers} refuses what nobody asked
 * for.
 */
public final class JsonBody {
    private static final int MAX_DEPTH = 16;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .build())
            .build();

    private final Map<String, Value> fields;
    private final List<String> known = new ArrayList<>();

    private JsonBody(Map<String, Value> fields) {
        this.fields = fields;
    }

    /** The text of a plain value, the fields of an object and the text that it is written in; of an array the type alone. */
    private record Value(String type, String text, Map<String, Value> fields) {
        static Value plain(String type, String text) {
            return new Value(type, text, Map.of());
        }
    }

    /** No bytes at all are an empty object: some clients send POST without a body. */
    public static JsonBody parse(byte[] bytes) {
        if (bytes.length == 0) {
            return new JsonBody(Map.of());
        }
        requireUtf8(bytes);
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.refused("invalid_json", "The body must be a JSON object.");
            }
            Map<String, Value> fields = fields(parser, bytes, "");
            if (parser.nextToken() != null) {
                throw ApiException.refused("invalid_json", "The body must be a single JSON object.");
            }
            return new JsonBody(fields);
        } catch (IOException e) {
            throw ApiException.refused("invalid_json", "We could not parse the JSON body of your request.");
        }
    }

    /** The parser takes characters in longer forms than they have, which a document would not be read in again. */
    private static void requireUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw ApiException.refused("invalid_json", "The body must be in UTF-8.");
        }
    }

    /** The parser's bound on depth holds for what is inside, too. */
    private static Map<String, Value> fields(JsonParser parser, byte[] bytes, String prefix) throws IOException {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
            String name = prefix + parser.currentName();
            if (fields.put(name, value(parser, bytes, name, parser.nextToken())) != null) {
                throw ApiException.invalid(name, "duplicate_parameter", "Duplicate parameter: '" + name + "'.");
            }
        }
        return fields;
    }

    private static Value value(JsonParser parser, byte[] bytes, String name, JsonToken token) throws IOException {
        if (token == null) {
            throw new IOException("the body ends inside an object");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, bytes, name);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> Value.plain("a string", parser.getText());
            case VALUE_NUMBER_INT -> Value.plain("an integer", parser.getText());
            case VALUE_NUMBER_FLOAT -> Value.plain("a number", parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> Value.plain("a boolean", parser.getText());
            case VALUE_NULL -> Value.plain("null", "");
            default -> throw new IOException("no value");
        };
    }

    private static Value object(JsonParser parser, byte[] bytes, String name) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        Map<String, Value> fields = fields(parser, bytes, name + ".");
        int end = (int) parser.currentLocation().getByteOffset();
        return new Value("an object", start < 0 ? "" : new String(bytes, start, end - start, UTF_8), fields);
    }

    private static Value array(JsonParser parser) throws IOException {
        parser.skipChildren();
        return Value.plain("an array", "");
    }

    /** A string of 1 to {@code maxLength} UTF-16 units, none of them a control character. */
    public String text(String name, int maxLength) {
        return text(name, maxLength, fields.get(name)).orElseThrow(() -> ApiException.missing(name));
    }

    /** As {@link #text}; empty if it is absent or null. */
    public Optional<String> optionalText(String name, int maxLength) {
        return text(name, maxLength, isNull(name) ? null : fields.get(name));
    }

    /** As {@link #text}, and one of a few. */
    public String choice(String name, List<String> choices) {
        return QueryParameters.requireChoice(name, choices, text(name, Integer.MAX_VALUE));
    }

    /** As {@link #choice}; empty if it is absent or null. */
    public Optional<String> optionalChoice(String name, List<String> choices) {
        return optionalText(name, Integer.MAX_VALUE).map(text -> QueryParameters.requireChoice(name, choices, text));
    }

    /** The object inside; empty if it is absent or null. */
    public Optional<JsonBody> optionalObject(String name) {
        known.add(name);
        Value value = fields.get(name);
        if (value == null || isNull(name)) {
            return Optional.empty();
        }
        requireType(name, value, "an object");
        return Optional.of(new JsonBody(value.fields()));
    }

    /**
     * An object that is another's to read, as it is written; empty if it is absent or null.
     *
     * @throws ApiException if the body is not in UTF-8, too
     */
    public Optional<String> optionalDocument(String name) {
        return optionalObject(name).map(object -> {
            String text = fields.get(name).text();
            if (text.isEmpty()) {
                throw ApiException.refused("invalid_json", "The body must be in UTF-8.");
            }
            return text;
        });
    }

    /** Whether it is there, and null. */
    public boolean isNull(String name) {
        Value value = fields.get(name);
        return value != null && value.type().equals("null");
    }

    public boolean bool(String name) {
        known.add(name);
        Value value = fields.get(name);
        if (value == null) {
            throw ApiException.missing(name);
        }
        requireType(name, value, "a boolean");
        return Boolean.parseBoolean(value.text());
    }

    /** A whole number of a range; empty if it is absent or null. */
    public Optional<Integer> optionalInteger(String name, int min, int max) {
        known.add(name);
        Value value = fields.get(name);
        if (value == null || isNull(name)) {
            return Optional.empty();
        }
        requireType(name, value, "an integer");
        BigInteger number = new BigInteger(value.text());
        if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw ApiException.invalid(
                    name,
                    "invalid_value",
                    "Invalid '" + name + "': expected an integer from " + min + " to " + max + ".");
        }
        return Optional.of(number.intValue());
    }

    /** A published field that this gateway has no use for: it may be there, and null. */
    public void onlyNull(String name) {
        known.add(name);
        if (fields.containsKey(name) && !isNull(name)) {
            throw ApiException.invalid(
                    name, "unsupported_parameter", "Unsupported parameter: '" + name + "'. Leave it out.");
        }
    }

    /** Refuses fields that no call has asked for. */
    public void rejectOthers() {
        for (String name : fields.keySet()) {
            if (!known.contains(name)) {
                throw ApiException.invalid(
                        name,
                        "unknown_parameter",
                        "Unknown parameter: '" + name + "'. Known are: "
                                + (known.isEmpty() ? "none" : String.join(", ", known)) + ".");
            }
        }
    }

    private Optional<String> text(String name, int maxLength, Value value) {
        known.add(name);
        if (value == null) {
            return Optional.empty();
        }
        requireType(name, value, "a string");
        String text = value.text();
        if (text.isEmpty()) {
            throw ApiException.invalid(
                    name,
                    "string_below_min_length",
                    "Invalid '" + name + "': empty string. Expected a string with minimum length 1, but got an empty"
                            + " string instead.");
        }
        if (text.length() > maxLength) {
            throw ApiException.invalid(
                    name,
                    "string_above_max_length",
                    "Invalid '" + name + "': string too long. Expected a string with maximum length " + maxLength
                            + ", but got a string with length " + text.length() + " instead.");
        }
        return Optional.of(Printable.require(name, text));
    }

    private static void requireType(String name, Value value, String expected) {
        if (!value.type().equals(expected)) {
            throw ApiException.invalid(
                    name,
                    "invalid_type",
                    "Invalid type for '" + name + "': expected " + expected + ", but got " + value.type()
                            + " instead.");
        }
    }
}
