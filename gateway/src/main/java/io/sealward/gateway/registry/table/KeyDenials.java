package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the gateways on one registry hear of each other's denials. A key has one row, which is written when a denial begins
 * and not again before the key was granted, at most once for each look: not for each request that is denied. What is heard
 * is a suspicion and no more. While the database is away each gateway finds out by itself. Thread-safe.
 */
public final class KeyDenials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDenials.class);

    private final Database database;
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Set<String> unwritten = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread;
    private volatile Consumer<String> suspect = id -> {};

    public KeyDenials(Database database) {
        this.database = database;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon = new Thread(task, "sealward-key-denials");
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** Begins to look, each interval. What was denied before is no news. */
    public void start(Duration interval) {
        seen.putAll(database.read(KeyDenials::numbers));
        thread.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Who is told, on a thread of the registry, of each key that another gateway has been denied. */
    public void whenDeniedElsewhere(Consumer<String> listener) {
        suspect = listener;
    }

    /** The key's KMS has denied it to this gateway. Never blocks. */
    public void denied(String externalKeyId) {
        if (denied.add(externalKeyId)) {
            unwritten.add(externalKeyId);
        }
    }

    /** The key's KMS has granted it: the next denial is news again. */
    public void granted(String externalKeyId) {
        denied.remove(externalKeyId);
    }

    /** Writes what is to be written, and reads what others have. Never throws: whatever it is, the next look must come. */
    public synchronized void look() {
        try {
            Set.copyOf(unwritten).forEach(this::write);
            Map<String, Long> numbers = database.read(KeyDenials::numbers);
            seen.keySet().retainAll(numbers.keySet());
            numbers.forEach(this::read);
        } catch (RuntimeException | Error e) {
            LOG.debug("denials of keys wait for the registry: {}", e.toString());
        }
    }

    private void write(String id) {
        unwritten.remove(id); // before, as it may be denied anew meanwhile
        try {
            database.append(handle -> raise(handle, id)).forEach((key, number) -> {
                if (seen.getOrDefault(key, 0L) + 1
                        == number) { // else another gateway's is among them, and will be read
                    seen.put(key, number);
                }
            });
        } catch (RuntimeException e) {
            unwritten.add(id);
            throw e;
        }
    }

    private void read(String id, long number) {
        Long before = seen.put(id, number);
        if (before == null || before < number) {
            denied.add(id); // all have heard of it
            suspect.accept(id);
        }
    }

    /** The number that it has now; empty if the key is not registered any more. */
    private static Map<String, Long> raise(Handle handle, String id) {
        boolean known = handle.createUpdate("UPDATE key_denial SET number = number + 1 WHERE external_key_id = :id")
                        .bind("id", id)
                        .execute()
                > 0;
        if (!known) {
            handle.createUpdate("INSERT INTO key_denial (external_key_id, number)"
                            + " SELECT id, 1 FROM external_key WHERE id = :id")
                    .bind("id", id)
                    .execute();
        }
        return handle.createQuery("SELECT external_key_id, number FROM key_denial WHERE external_key_id = :id")
                .bind("id", id)
                .reduceRows(new HashMap<>(), KeyDenials::put);
    }

    private static Map<String, Long> numbers(Handle handle) {
        return handle.createQuery("SELECT external_key_id, number FROM key_denial")
                .reduceRows(new HashMap<>(), KeyDenials::put);
    }

    private static Map<String, Long> put(Map<String, Long> numbers, RowView row) {
        numbers.put(row.getColumn("external_key_id", String.class), row.getColumn("number", Long.class));
        return numbers;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
