package io.sealward.gateway.notice;

import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KeyChanged;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line of JSON to the log {@code sealward.notices} for each change of a key, and sends it to all webhooks. */
public final class Notices implements AutoCloseable {
    private static final Logger LINES = LoggerFactory.getLogger("sealward.notices");

    private final String source;
    private final List<Webhook> webhooks;

    /**
     * Listens from now on.
     *
     * @throws IllegalArgumentException naming a file of certificates that cannot be read
     */
    public Notices(NoticesConfig config, Events events, Clock clock) {
        this.source = config.source();
        this.webhooks = config.webhooks().stream()
                .map(webhook -> new Webhook(webhook, events, clock))
                .toList();
        events.when(KeyChanged.class, this::changed);
    }

    private void changed(KeyChanged changed) {
        Notice notice = Notice.of(changed, source);
        LINES.info(notice.json());
        webhooks.forEach(webhook -> webhook.offer(notice));
    }

    /** Gives up what was not delivered. */
    @Override
    public void close() {
        webhooks.forEach(Webhook::close);
    }
}
