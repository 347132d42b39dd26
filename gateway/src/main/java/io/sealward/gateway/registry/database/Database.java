package io.sealward.gateway.registry.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** The connection pool, the migrations, and the two ways to use them. All calls block. */
public final class Database implements AutoCloseable {
    private static final int POOL_SIZE = 8;
    private static final long CONNECTION_TIMEOUT_MS = 5_000;
    private static final String CONNECT_TIMEOUT_SECONDS = "5";
    private static final String ANSWER_TIMEOUT_SECONDS = "10";
    private static final String H2_DIALECT =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;LOCK_TIMEOUT=10000;"
                    // A trace file would quote statements; its own hook would close it while the gateway drains.
                    + "TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE";
    private static final int H2_ALREADY_OPEN = 90020;

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Connects and brings the schema up to date; safe from several gateways at once. */
    public static Database open(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry");
        config.setJdbcUrl(settings.isEmbedded() ? settings.jdbcUrl() + H2_DIALECT : settings.jdbcUrl());
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
        }
        config.setPassword(settings.password());
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        if (!settings.isEmbedded()) {
            // A host that vanishes without a word would else hold a thread for as long as TCP tries.
            config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
            config.addDataSourceProperty("socketTimeout", ANSWER_TIMEOUT_SECONDS);
            config.addDataSourceProperty("tcpKeepAlive", "true");
        }
        settings.file().ifPresent(DatabaseFile::makeOwnersOnly);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw failedToOpen(e);
        }
        try {
            Flyway.configure()
                    .dataSource(pool)
                    .locations("classpath:io/sealward/gateway/registry/migration")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (FlywayException e) {
            pool.close();
            throw failedToOpen(e);
        }
    }

    /** Runs queries that see one state of the registry. */
    public <T> T read(Work<T> work) {
        return guarded(() -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::run));
    }

    /** What a change made, and the revision it made it in. */
    public record Changed<T>(T value, long revision) {}

    /**
     * Runs a change, alone: all changes of all gateways take the same row lock first, so that what the work checks still
     * holds when it commits.
     */
    public <T> Changed<T> change(Work<T> work) {
        return guarded(() -> jdbi.inTransaction(TransactionIsolationLevel.READ_COMMITTED, handle -> {
            handle.execute("UPDATE registry_state SET revision = revision + 1 WHERE id = 1");
            long revision = handle.createQuery("SELECT revision FROM registry_state WHERE id = 1")
                    .mapTo(Long.class)
                    .one();
            return new Changed<>(work.run(handle), revision);
        }));
    }

    /** Runs statements that no snapshot depends on. */
    public <T> T append(Work<T> work) {
        return guarded(() -> jdbi.inTransaction(work::run));
    }

    /** What is done in a transaction, on the handle that it is given and on no other. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Handle handle);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run();
    }

    private static <T> T guarded(Call<T> call) {
        try {
            return call.run();
        } catch (JdbiException e) {
            throw failed(e);
        }
    }

    private static RegistryException failed(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                boolean refused = state.startsWith("22") || state.startsWith("23");
                // Later lines may quote the row.
                String said =
                        String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
                return new RegistryException(
                        refused ? Reason.REFUSED : Reason.UNAVAILABLE,
                        "the registry's database " + (refused ? "refuses this" : "does not answer") + ": [" + state
                                + "] " + said,
                        e);
            }
        }
        return new RegistryException(Reason.UNAVAILABLE, "the registry's database does not answer", e);
    }

    private static RegistryException failedToOpen(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == H2_ALREADY_OPEN) {
                return new RegistryException(
                        Reason.IN_USE,
                        "the embedded registry is in use by another process: only one gateway or command can open it at"
                                + " a time; for several use PostgreSQL",
                        e);
            }
        }
        return new RegistryException(
                Reason.UNAVAILABLE, "the registry's database cannot be opened: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        pool.close();
    }
}
