package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes entries of the audit log whose time is over, some at a time, on a thread of its own. Several gateways may do it. */
public final class AuditPruning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AuditPruning.class);
    private static final int BATCH = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Database database;
    private final Clock clock;
    private final Duration keep;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "sealward-audit-pruning");
        daemon.setDaemon(true);
        return daemon;
    });

    public AuditPruning(Database database, Clock clock, Duration keep) {
        this.database = database;
        this.clock = clock;
        this.keep = keep;
    }

    /** Begins. */
    public void start() {
        thread.scheduleWithFixedDelay(this::prune, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Never throws: whatever it is, the next time must come. */
    private void prune() {
        long over = clock.instant().minus(keep).getEpochSecond();
        try {
            int deleted = BATCH;
            while (deleted == BATCH && !thread.isShutdown()) {
                deleted = database.append(handle -> handle.createUpdate(
                                "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE effective_at < :over"
                                        + " ORDER BY effective_at LIMIT " + BATCH + ")")
                        .bind("over", over)
                        .execute());
            }
        } catch (RuntimeException | Error e) {
            LOG.debug("old entries of the audit log wait for the registry: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
