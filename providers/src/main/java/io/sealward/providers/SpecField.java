package io.sealward.providers;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One field of an external key's registration and the only form it may have. What a tenant writes there becomes part of an
 * address, so the pattern is the guard against being sent somewhere else. The management API publishes it as it is here.
 *
 * @param name as the management API spells it, such as {@code kms_key_name}
 * @param pattern what the whole value must match; read alike by Java and by ECMA-262, which JSON Schema takes
 * @param maxLength in UTF-16 units
 * @param description for the API's readers; may be empty
 * @param expected what a value that does not match is told
 */
public record SpecField(
        String name, boolean required, Pattern pattern, int maxLength, String description, String expected) {
    public SpecField {
        requireNonNull(name, "name");
        requireNonNull(pattern, "pattern");
        requireNonNull(description, "description");
        requireNonNull(expected, "expected");
    }

    public static SpecField required(String name, String regex, int maxLength) {
        return of(name, true, regex, maxLength);
    }

    public static SpecField optional(String name, String regex, int maxLength) {
        return of(name, false, regex, maxLength);
    }

    private static SpecField of(String name, boolean required, String regex, int maxLength) {
        return new SpecField(
                name,
                required,
                Pattern.compile(regex),
                maxLength,
                "",
                "string does not match pattern. Expected a string that matches the pattern '" + regex + "'.");
    }

    /** The same, with a description. */
    public SpecField describedAs(String text) {
        return new SpecField(name, required, pattern, maxLength, text, expected);
    }

    /** The same, with words of its own for a value that does not match. */
    public SpecField saying(String words) {
        return new SpecField(name, required, pattern, maxLength, description, words);
    }

    /**
     * Passes a required value through.
     *
     * @param value null if it is missing
     * @throws InvalidKeySpecException if it is missing or of another form
     */
    public String require(String value) {
        if (value == null) {
            throw new InvalidKeySpecException(name, "Missing required parameter: '" + name + "'.");
        }
        if (!matches(value)) {
            throw new InvalidKeySpecException(name, "Invalid '" + name + "': " + expected);
        }
        if (value.length() > maxLength) {
            throw new InvalidKeySpecException(
                    name,
                    "Invalid '" + name + "': string too long. Expected a string with maximum length " + maxLength
                            + ", but got a string with length " + value.length() + " instead.");
        }
        return value;
    }

    /** As {@link #require(String)}, of a value that may be absent. */
    public Optional<String> require(Optional<String> value) {
        value.ifPresent(this::require);
        return value;
    }

    /** Whether the value has the form; its length does not count. */
    public boolean matches(String value) {
        return pattern.matcher(value).matches();
    }

    /**
     * Refuses what no field is named.
     *
     * @throws InvalidKeySpecException naming the first
     */
    public static void requireKnown(List<SpecField> fields, Collection<String> names) {
        for (String name : names) {
            if (fields.stream().noneMatch(field -> field.name().equals(name))) {
                throw new InvalidKeySpecException(name, "Unknown parameter: '" + name + "'.");
            }
        }
    }
}
