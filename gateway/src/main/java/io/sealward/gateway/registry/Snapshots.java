package io.sealward.gateway.registry;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the current {@link Snapshot}: after each change made here at once if the database goes on answering, else, and
 * after changes made elsewhere, within the poll interval. While the database is away the last snapshot stays in force, but
 * what may take effect for no longer than the lease.
 */
final class Snapshots implements AutoCloseable {
    static final String OUT_OF_REACH = "The gateway's registry cannot be reached. Please try again.";

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final long PATIENCE_SECONDS = 5;

    private final Database database;
    private final SnapshotLoader loader;
    private final KekTable keks;
    private final Duration lease;
    private final ScheduledExecutorService poller;
    /** Held by whoever loads; readers go on with {@link #current} meanwhile. */
    private final ReentrantLock refreshing = new ReentrantLock();

    private volatile Snapshot current = Snapshot.EMPTY;
    private volatile long checkedAtNanos = System.nanoTime();
    private volatile boolean answering = true;

    Snapshots(Database database, SnapshotLoader loader, KekTable keks, Duration lease) {
        this.database = database;
        this.loader = loader;
        this.keks = keks;
        this.lease = lease;
        this.poller = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sealward-registry-poll");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Loads the first snapshot, or throws, and begins to poll. */
    void start(Duration pollInterval) {
        refreshing.lock();
        try {
            refresh();
        } finally {
            refreshing.unlock();
        }
        poller.scheduleWithFixedDelay(
                this::poll, pollInterval.toMillis(), pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }

    Snapshot current() {
        return current;
    }

    /**
     * The current one, for what must not go on without end when the database is away.
     *
     * @throws S3Exception ServiceUnavailable if the database has not confirmed it within the lease
     */
    Snapshot confirmed() {
        if (leaseIsOver()) { // asked first: what is current then is as new, or newer
            throw new S3Exception(S3Error.SERVICE_UNAVAILABLE, OUT_OF_REACH);
        }
        return current;
    }

    boolean leaseIsOver() {
        return age().compareTo(lease) > 0;
    }

    /** How long ago the database last confirmed that the snapshot is the newest. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - checkedAtNanos);
    }

    /**
     * Runs a change and lets it be seen here before it returns, unless the database goes away in between, or is so slow
     * that it is left to the poll.
     */
    <T> T change(Database.Work<T> work) {
        Database.Changed<T> changed = database.change(work);
        try {
            if (refreshing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                try {
                    if (current.revision() < changed.revision()) { // else whoever had the lock has brought it
                        tryRefresh();
                    }
                } finally {
                    refreshing.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return changed.value();
    }

    /** Looks for changes. Never throws: while the database is away, the last state stays. */
    void poll() {
        refreshing.lock();
        try {
            tryRefresh();
        } finally {
            refreshing.unlock();
        }
    }

    private void tryRefresh() {
        try {
            refresh();
            if (!answering) {
                LOG.info("the registry's database answers again");
                answering = true;
            }
        } catch (RuntimeException | Error e) { // whatever it is, the next poll must come
            if (answering) {
                LOG.warn("the registry keeps its last state: {}", e.toString());
                answering = false;
            }
        }
    }

    private void refresh() {
        long now = System.nanoTime();
        long revision = database.read(loader::revision);
        if (revision != current.revision()) {
            Snapshot next = database.read(loader::load);
            keks.open(next.externalKeys());
            current = next;
            keks.closeAllBut(next.externalKeys().keySet());
        } else {
            keks.open(current.externalKeys());
        }
        checkedAtNanos = now;
    }

    @Override
    public void close() {
        poller.shutdownNow();
        try {
            // A poll under way would reopen what the owner is about to close.
            if (!poller.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the registry's database did not let go of a query in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
