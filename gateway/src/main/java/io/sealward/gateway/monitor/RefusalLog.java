package io.sealward.gateway.monitor;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.Refusal;
import io.sealward.gateway.front.Refused;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how many connections and requests were turned away for want of room, at most once a minute. */
public final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

    private final Map<Refusal, LongAdder> untold = new EnumMap<>(Refusal.class);

    public RefusalLog(Events events) {
        for (Refusal why : Refusal.values()) {
            untold.put(why, new LongAdder());
        }
        events.when(Refused.class, refused -> untold.get(refused.why()).increment());
    }

    /** Called once a minute. */
    public void tell() {
        untold.forEach((why, count) -> {
            long refused = count.sumThenReset();
            if (refused > 0) {
                LOG.warn(
                        "{} turned away for want of room in the last minute: {}",
                        refused,
                        why.name().toLowerCase(Locale.ROOT));
            }
        });
    }
}
