package io.sealward.gateway.s3;

import java.util.OptionalLong;

/** Whole numbers as HTTP and S3 write them: ASCII digits alone, where Java would take a sign and the digits of all scripts. */
public final class Decimal {
    private static final int MAX_DIGITS = 18;

    private Decimal() {}

    /** Empty for what is no such number, or has more digits than a long surely holds. */
    public static OptionalLong parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalLong.empty();
            }
            number = 10 * number + (c - '0');
        }
        return OptionalLong.of(number);
    }
}
