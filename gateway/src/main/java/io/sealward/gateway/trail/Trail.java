package io.sealward.gateway.trail;

import io.sealward.gateway.config.TrailConfig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a trail, in batches on a thread of its own. {@link #record} takes an event on any thread and returns at once; where
 * {@value #QUEUED} wait, because the disk is full or stands still, later ones are lost, and the trail tells how many.
 */
public final class Trail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trail.class);
    private static final int QUEUED = 20_000;
    private static final int BATCH = 1_000;
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<TrailEvent> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicLong lost = new AtomicLong();
    private final TrailFile file;
    private final Anchors anchors;
    private final Clock clock;
    private final long headMillis;
    private final Thread writer = new Thread(this::run, "sealward-trail");
    private long toldLost;
    private long signedAt;
    private long signed;
    private volatile boolean closing;

    private Trail(TrailFile file, TrailConfig config, Anchors anchors, Clock clock) {
        this.file = file;
        this.anchors = anchors;
        this.clock = clock;
        this.headMillis = config.headInterval().toMillis();
        this.signedAt = clock.millis();
        writer.setDaemon(true);
    }

    /**
     * Goes on with the trail in the folder, or begins one.
     *
     * @throws IllegalStateException with one line that says why, if it cannot be written there, or lacks the end that is known of it
     */
    public static Trail start(TrailConfig config, Anchors anchors, Clock clock) {
        try {
            TrailFile file = new TrailFile(config, new TrailKey(config.key().value()), clock.instant());
            requireKnownEnd(file, anchors);
            Trail trail = new Trail(file, config, anchors, clock);
            trail.record(TrailEvent.of(clock.instant(), "trail.started", Map.of()));
            trail.writer.start();
            return trail;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "audit.trail.folder " + config.folder() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** A trail that went on without it would soon tell the registry another end, and nothing would be missed. */
    private static void requireKnownEnd(TrailFile file, Anchors anchors) throws IOException {
        Optional<Link> known = anchors.find(file.id()).map(Anchors.Anchor::end);
        if (known.isPresent() && !file.has(known.get())) {
            file.close();
            throw new IOException(
                    "line " + known.get().number()
                            + " is not there as the registry knows it; check the trail, and move the folder away to begin another");
        }
    }

    void record(TrailEvent event) {
        if (closing || !queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    Clock clock() {
        return clock;
    }

    /** Events that no line tells, since the start. */
    public long lost() {
        return lost.get();
    }

    private void run() {
        List<TrailEvent> batch = new ArrayList<>(BATCH);
        try {
            while (!closing || !queue.isEmpty()) {
                TrailEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    batch.add(event);
                    queue.drainTo(batch, BATCH - 1);
                    tellLost(batch);
                }
                keep(batch);
                batch.clear();
            }
            sign();
        } catch (InterruptedException e) {
            lost.addAndGet(batch.size() + (long) queue.size());
        } catch (IOException e) {
            LOG.error("the end of the audit trail cannot be signed: {}", e.toString());
        }
    }

    private void tellLost(List<TrailEvent> batch) {
        long now = lost.get();
        if (now > toldLost) {
            batch.add(TrailEvent.of(clock.instant(), "trail.lost", Map.of("count", now - toldLost)));
            toldLost = now;
        }
    }

    /** Until it is done, or there is no more time. */
    private void keep(List<TrailEvent> batch) throws InterruptedException {
        List<TrailEvent> left = batch;
        while (true) {
            try {
                if (!left.isEmpty()) {
                    file.write(left);
                    left = List.of();
                }
                file.turn(clock.instant());
                if (Math.abs(clock.millis() - signedAt) >= headMillis) { // a clock may go back
                    sign();
                }
                return;
            } catch (IOException e) {
                LOG.error("the audit trail waits for its disk: {}", e.toString());
                if (closing) {
                    lost.addAndGet(left.size());
                    return;
                }
                Thread.sleep(RETRY_PAUSE.toMillis());
            }
        }
    }

    /** Nothing, where no line came since the last head. */
    private void sign() throws IOException {
        signedAt = clock.millis();
        if (file.end().number() > signed) {
            file.sign(clock.instant());
            signed = file.end().number();
            anchor();
        }
    }

    private void anchor() {
        try {
            anchors.put(
                    file.id(), new Anchors.Anchor(file.end(), clock.instant().getEpochSecond()));
        } catch (RuntimeException e) { // the next end says all that this one would
            LOG.warn("the end of the audit trail waits for the registry: {}", e.getMessage());
        }
    }

    /** Writes and signs what was recorded before, if the disk lets it within seconds. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(CLOSE_PATIENCE.toMillis());
            writer.interrupt();
            writer.join(CLOSE_PATIENCE.toMillis());
            file.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the audit trail's file does not close: {}", e.toString());
        }
    }
}
