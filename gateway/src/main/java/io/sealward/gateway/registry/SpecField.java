package io.sealward.gateway.registry;

import io.sealward.providers.InvalidKeySpecException;
import java.util.regex.Pattern;

/**
 * One field of an external key's registration.
 *
 * @param name as in the management API
 * @param pattern what its whole value must match
 * @param maxLength in UTF-16 units
 */
public record SpecField(String name, boolean required, Pattern pattern, int maxLength) {
    static SpecField required(String name, String pattern, int maxLength) {
        return new SpecField(name, true, Pattern.compile(pattern), maxLength);
    }

    static SpecField optional(String name, String pattern, int maxLength) {
        return new SpecField(name, false, Pattern.compile(pattern), maxLength);
    }

    void check(String value) {
        if (value.length() > maxLength) {
            throw new InvalidKeySpecException(
                    name,
                    "Invalid '" + name + "': string too long. Expected a string with maximum length " + maxLength
                            + ", but got a string with length " + value.length() + " instead.");
        }
        if (!pattern.matcher(value).matches()) {
            throw new InvalidKeySpecException(
                    name,
                    "Invalid '" + name
                            + "': string does not match pattern. Expected a string that matches the pattern '" + pattern
                            + "'.");
        }
    }
}
