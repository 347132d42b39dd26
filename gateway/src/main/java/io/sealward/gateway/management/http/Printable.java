package io.sealward.gateway.management.http;

/** Text that every database takes and every log line shows. */
final class Printable {
    private Printable() {}

    /** A lone surrogate has no UTF-8, so no database would take it. */
    static boolean is(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /** The value of a parameter, or its refusal. */
    static String require(String name, String value) {
        if (!is(value)) {
            throw ApiException.invalid(
                    name, "invalid_value", "Invalid '" + name + "': control characters are not allowed.");
        }
        return value;
    }
}
