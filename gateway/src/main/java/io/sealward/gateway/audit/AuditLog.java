package io.sealward.gateway.audit;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events in batches on a thread of its own. Each event also goes to the logger {@code sealward.audit} as it comes
 * in, so that one the sink loses, because the database is away for longer than the queue lasts, still left a trace.
 */
public final class AuditLog implements Audit, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("sealward.audit");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int BATCH = 200;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<AuditEntry> queue;
    private final AuditSink sink;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile boolean closing;
    private volatile Consumer<AuditEntry> listener = entry -> {};

    /** Starts the writer. {@code capacity} events may wait for the sink; what comes on top is only logged. */
    public AuditLog(AuditSink sink, Clock clock, int capacity) {
        this.sink = sink;
        this.clock = clock;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = new Thread(this::run, "sealward-audit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Who is told of each entry as it comes in, on the thread on which it does; must neither block nor throw. */
    public void whenRecorded(Consumer<AuditEntry> told) {
        listener = told;
    }

    @Override
    public void record(String organizationId, Actor actor, AuditEvent event) {
        AuditEntry entry = new AuditEntry(newId(), clock.instant().getEpochSecond(), organizationId, actor, event);
        LOG.info(
                "{} {} organization={} actor={} resource={} details={}",
                entry.id(),
                event.type(),
                organizationId,
                actor.id(),
                event.resourceId(),
                // A cloud's message may have several lines; an event is one.
                CONTROL.matcher(event.details().toString()).replaceAll(" "));
        listener.accept(entry);
        if (closing || !queue.offer(entry)) {
            lost.incrementAndGet();
        }
    }

    /** Events that were logged but did not reach the sink, since the start. */
    public long lost() {
        return lost.get();
    }

    private String newId() {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return "audit_log-" + HexFormat.of().formatHex(bytes);
    }

    private void run() {
        List<AuditEntry> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !queue.isEmpty()) {
                AuditEntry first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            lost.addAndGet(batch.size() + (long) queue.size());
        }
    }

    private void write(List<AuditEntry> batch) throws InterruptedException {
        while (true) {
            try {
                sink.write(List.copyOf(batch));
                return;
            } catch (IllegalArgumentException e) {
                writeSingly(batch, e);
                return;
            } catch (RuntimeException e) {
                if (closing) {
                    lost.addAndGet(batch.size());
                    return;
                }
                LOG.warn("audit entries wait for the registry: {}", e.getMessage());
                Thread.sleep(RETRY_PAUSE.toMillis());
            }
        }
    }

    /** One that can never be stored must not hold up the others. */
    private void writeSingly(List<AuditEntry> refused, IllegalArgumentException reason) throws InterruptedException {
        if (refused.size() == 1) {
            lost.incrementAndGet();
            LOG.error("audit entry {} cannot be stored: {}", refused.get(0).id(), reason.getMessage());
            return;
        }
        for (AuditEntry entry : refused) {
            write(List.of(entry));
        }
    }

    /** Waits a few seconds for what is queued to be written. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }
}
