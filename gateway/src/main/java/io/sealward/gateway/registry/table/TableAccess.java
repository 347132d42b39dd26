package io.sealward.gateway.registry.table;

import io.sealward.gateway.registry.database.Changes;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import java.time.Clock;

/** What the tables share: one database, one place for changes, the quotas, new ids and the time. Thread-safe. */
public final class TableAccess {
    private final Database database;
    private final Changes changes;
    private final Quotas quotas;
    private final Clock clock;
    private final Tokens tokens = new Tokens();

    public TableAccess(Database database, Changes changes, Quotas quotas, Clock clock) {
        this.database = database;
        this.changes = changes;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * Queries of one state of the registry.
     *
     * @throws RegistryException UNAVAILABLE if the database does not answer
     */
    <T> T read(Database.Work<T> work) {
        return database.read(work);
    }

    /** A change that snapshots depend on: {@link Changes#change}. */
    <T> T change(Database.Work<T> work) {
        return changes.change(work);
    }

    /** Statements that no snapshot depends on: {@link Database#append}. */
    <T> T append(Database.Work<T> work) {
        return database.append(work);
    }

    Quotas quotas() {
        return quotas;
    }

    Tokens tokens() {
        return tokens;
    }

    /** Unix time in seconds. */
    long now() {
        return clock.instant().getEpochSecond();
    }
}
