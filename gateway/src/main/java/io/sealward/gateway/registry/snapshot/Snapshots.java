package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.registry.database.Changes;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.RowCipher;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.gateway.registry.table.BucketClaims;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Roles;
import io.sealward.providers.KekOpener;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the current {@link Snapshot}: after each change made here at once if the database goes on answering, else, and
 * after changes made elsewhere, within the poll interval. While the database is away the last snapshot stays in force, but
 * what may take effect for no longer than the lease.
 */
public final class Snapshots implements Changes, AutoCloseable {
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

    /**
     * Loads nothing yet.
     *
     * @param cipher opens what is encrypted
     * @param opener stays its owner's to close; the KEKs that it opens are closed here
     * @param lease how long what the database last said may take effect while it does not answer
     */
    public Snapshots(Database database, RowCipher cipher, KekOpener opener, Duration lease) {
        this.database = database;
        this.loader = new SnapshotLoader(cipher);
        this.keks = new KekTable(opener);
        this.lease = lease;
        this.poller = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sealward-registry-poll");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Loads the first snapshot and begins to poll.
     *
     * @throws RegistryException if the database does not answer
     */
    public void start(Duration pollInterval) {
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

    /** Access keys of active projects. In memory, never blocks. */
    public Credentials credentials() {
        return accessKeyId -> Optional.ofNullable(current.credentials().get(accessKeyId));
    }

    /** Of active projects; refuses when the lease is over. In memory, never blocks. */
    public Roles roles() {
        return (projectId, name) -> confirmed().role(projectId, name);
    }

    /**
     * Bucket names, admitted in memory and changed by {@code executor}. What fails, fails with an {@link S3Exception}.
     *
     * @param audit is told of each change
     */
    public Buckets buckets(BucketClaims claims, Audit audit, Executor executor) {
        return new RegisteredBuckets(this, claims, audit, executor);
    }

    /** {@code byDefault} seals for projects without a key of their own; if empty, they are refused. */
    public Keks keks(Optional<Keks.Registered> byDefault) {
        return new RegisteredKeks(this, keks, byDefault);
    }

    /** An admin key by its id, in memory. */
    public Optional<AdminKeys.Stored> adminKey(String id) {
        return Optional.ofNullable(current.adminKeys().get(id));
    }

    /** Who is told of each external key whose registration goes: {@link KekTable#whenRemoved}. */
    public void whenKeyRemoved(Consumer<String> listener) {
        keks.whenRemoved(listener);
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

    /** Whether the database has not confirmed the snapshot for longer than the lease. */
    public boolean leaseIsOver() {
        return age().compareTo(lease) > 0;
    }

    /** How long ago the database last confirmed that the snapshot is the newest. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - checkedAtNanos);
    }

    /**
     * Runs a change and lets it be seen here before it returns, unless the database goes away in between, or is so slow
     * that it is left to the poll.
     */
    @Override
    public <T> T change(Database.Work<T> work) {
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

    /** Looks for changes now. Never throws: while the database is away, the last state stays. */
    public void poll() {
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

    /** Stops to poll, and closes every KEK. */
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
        keks.close();
    }
}
