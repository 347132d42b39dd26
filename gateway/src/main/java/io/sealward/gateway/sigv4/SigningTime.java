package io.sealward.gateway.sigv4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/** A second in the form SigV4 writes it, {@code yyyyMMdd'T'HHmmss'Z'}. */
record SigningTime(Instant instant, String text) {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;
    private static final int TIME_LENGTH = 16;

    static SigningTime of(Instant instant) {
        return new SigningTime(instant, FORMAT.format(instant));
    }

    static Optional<SigningTime> parse(String text) {
        if (text.length() != TIME_LENGTH) { // with a sign a year may be longer
            return Optional.empty();
        }
        try {
            return Optional.of(new SigningTime(Instant.from(FORMAT.parse(text)), text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** An {@code x-amz-date} in the {@code Date} header is tolerated, as S3 does. */
    static Optional<SigningTime> parseDateHeader(String text) {
        Optional<SigningTime> basic = parse(text);
        if (basic.isPresent()) {
            return basic;
        }
        try {
            return Optional.of(of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    String date() {
        return text.substring(0, DATE_LENGTH);
    }
}
