package io.sealward.gateway.store;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** How a read is sent to the store once more, before the client has heard of it. */
record Repeat(StoreRepeated.Cause cause, Duration pause) {
    /** Of the store's own trouble, which may be over soon. Source: RFC 9110 section 15.6, RFC 6585 section 4. */
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private static final long LEAST_PAUSE_MILLIS = 20;
    private static final long MOST_PAUSE_MILLIS = 200;

    /** A client does not wait longer for what it may repeat itself. */
    private static final long MOST_RETRY_AFTER_SECONDS = 3;

    /** What nothing can be changed by, be it sent twice. */
    static Optional<Repeat> of(StoreRequest request, Throwable failure) {
        return request.changes() || !StaleConnectionException.isCauseOf(failure)
                ? Optional.empty()
                : Optional.of(new Repeat(StoreRepeated.Cause.BROKEN, Duration.ZERO));
    }

    /** The same where the store answered; not before the time that it asks for, and not if that is long. */
    static Optional<Repeat> of(StoreRequest request, StoreResponse answer) {
        return request.changes() || !PASSING.contains(answer.status())
                ? Optional.empty()
                : pause(answer).map(pause -> new Repeat(StoreRepeated.Cause.FAILED, pause));
    }

    private static Optional<Duration> pause(StoreResponse answer) {
        String asked = answer.headers().get(HttpHeaderNames.RETRY_AFTER, "");
        if (asked.isEmpty()) {
            return Optional.of(
                    Duration.ofMillis(ThreadLocalRandom.current().nextLong(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS)));
        }
        return asked.length() == 1 && asked.charAt(0) >= '0' && asked.charAt(0) <= '0' + MOST_RETRY_AFTER_SECONDS
                ? Optional.of(Duration.ofSeconds(asked.charAt(0) - '0'))
                : Optional.empty(); // a date, or too long
    }
}
