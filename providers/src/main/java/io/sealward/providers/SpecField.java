package io.sealward.providers;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * One field of an external key's description and the only form it may have. What a tenant writes there becomes part of an
 * address, so the pattern is the guard against being sent somewhere else.
 *
 * @param name as the management API spells it, such as {@code kms_key_name}
 * @param pattern what the whole value must match
 */
public record SpecField(String name, Pattern pattern) {
    public SpecField {
        requireNonNull(name, "name");
        requireNonNull(pattern, "pattern");
    }

    public static SpecField of(String name, String regex) {
        return new SpecField(name, Pattern.compile(regex));
    }

    /**
     * Passes a value through.
     *
     * @throws InvalidKeySpecException if it is missing or of another form
     */
    public String require(String value) {
        if (value == null) {
            throw new InvalidKeySpecException(name, "Missing required parameter: '" + name + "'.");
        }
        if (!pattern.matcher(value).matches()) {
            throw new InvalidKeySpecException(
                    name,
                    "Invalid '" + name
                            + "': string does not match pattern. Expected a string that matches the pattern '" + pattern
                            + "'.");
        }
        return value;
    }
}
