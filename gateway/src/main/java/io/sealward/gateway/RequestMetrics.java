package io.sealward.gateway;

import io.sealward.gateway.front.ExchangeObserver;
import io.sealward.gateway.front.Refusal;
import io.sealward.gateway.metrics.Metrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what happens to S3 requests into metrics; of who was turned away the log tells, too, at most once a minute. */
final class RequestMetrics implements ExchangeObserver {
    private static final Logger LOG = LoggerFactory.getLogger(RequestMetrics.class);

    private final Metrics metrics;
    private final Map<Refusal, LongAdder> untold = new EnumMap<>(Refusal.class);

    RequestMetrics(Metrics metrics) {
        this.metrics = metrics;
        for (Refusal why : Refusal.values()) {
            untold.put(why, new LongAdder());
        }
    }

    @Override
    public void ended(String operation, int status, long receivedBytes, long sentBytes, long nanos) {
        metrics.request(operation, status, Duration.ofNanos(nanos));
        metrics.received(operation, receivedBytes);
        metrics.sent(operation, sentBytes);
    }

    @Override
    public void refused(Refusal why) {
        metrics.refused(name(why));
        untold.get(why).increment();
    }

    /** Called once a minute. */
    void tellRefusals() {
        untold.forEach((why, count) -> {
            long refused = count.sumThenReset();
            if (refused > 0) {
                LOG.warn("{} turned away for want of room in the last minute: {}", refused, name(why));
            }
        });
    }

    private static String name(Refusal why) {
        return why.name().toLowerCase(Locale.ROOT);
    }
}
