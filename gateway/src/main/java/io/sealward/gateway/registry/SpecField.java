package io.sealward.gateway.registry;

import io.sealward.providers.InvalidKeySpecException;
import java.util.regex.Pattern;

/**
 * One field of an external key's registration.
 *
 * @param name as in the management API
 * @param pattern what its whole value must match
 * @param maxLength in UTF-16 units
 * @param expected what a value that does not match is told
 */
public record SpecField(String name, boolean required, Pattern pattern, int maxLength, String expected) {
    static SpecField required(String name, String pattern, int maxLength) {
        return of(name, true, pattern, maxLength);
    }

    static SpecField optional(String name, String pattern, int maxLength) {
        return of(name, false, pattern, maxLength);
    }

    private static SpecField of(String name, boolean required, String pattern, int maxLength) {
        return new SpecField(
                name,
                required,
                Pattern.compile(pattern),
                maxLength,
                "string does not match pattern. Expected a string that matches the pattern '" + pattern + "'.");
    }

    /** The same, with words of its own for a value that does not match. */
    SpecField saying(String words) {
        return new SpecField(name, required, pattern, maxLength, words);
    }

    void check(String value) {
        if (value.length() > maxLength) {
            throw new InvalidKeySpecException(
                    name,
                    "Invalid '" + name + "': string too long. Expected a string with maximum length " + maxLength
                            + ", but got a string with length " + value.length() + " instead.");
        }
        if (!pattern.matcher(value).matches()) {
            throw new InvalidKeySpecException(name, "Invalid '" + name + "': " + expected);
        }
    }
}
