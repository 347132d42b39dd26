package io.sealward.gateway.front;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header. Source: RFC 9110 section 5.6.7, IMF-fixdate. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(UTC);

    private HttpDate() {}

    static String now() {
        return FORMAT.format(Instant.now());
    }
}
