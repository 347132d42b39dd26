package io.sealward.gateway.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Numbers and dates as policies and requests write them. */
final class Scalars {
    private static final int MAX_CHARS = 32;
    private static final String OF_NUMBERS = "0123456789.-";

    private Scalars() {}

    /** A decimal number without an exponent. */
    static Optional<BigDecimal> number(String text) {
        if (text.length() > MAX_CHARS || !text.chars().allMatch(c -> OF_NUMBERS.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A date or a time of ISO 8601, or whole seconds since 1970. */
    static Optional<Instant> date(String text) {
        if (text.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            if (text.indexOf('T') >= 0) {
                return Optional.of(Instant.parse(text));
            }
            return Optional.of(
                    text.indexOf('-') > 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.ofEpochSecond(Long.parseLong(text)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
