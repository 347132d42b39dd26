package io.sealward.gateway.registry.table;

import java.time.Duration;
import org.jdbi.v3.core.Handle;

/**
 * Bucket names that were given back. A name rests before another project can have it, for longer than any gateway acts under
 * the old claim: see {@link io.sealward.gateway.registry.RegistrySettings#rest}. Times are of the database's own clock, so that those of the gateways
 * need not agree; and a rest begins after the release was committed, however long that took.
 */
final class ReleasedNames {
    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";

    private final TableAccess access;
    private final long restMillis;

    ReleasedNames(TableAccess access, Duration rest) {
        this.access = access;
        this.restMillis = rest.toMillis();
    }

    /** In the transaction of the release. */
    void add(Handle handle, String bucket, String projectId) {
        remove(handle, bucket);
        handle.createUpdate("INSERT INTO released_bucket (name, project_id) VALUES (:name, :project)")
                .bind("name", bucket)
                .bind("project", projectId)
                .execute();
    }

    /** In the transaction of a claim. */
    void remove(Handle handle, String bucket) {
        handle.createUpdate("DELETE FROM released_bucket WHERE name = :name")
                .bind("name", bucket)
                .execute();
    }

    /** Lets the rest of a name begin, if it was given back and that is committed, and forgets names that have rested. */
    void begin(String bucket) {
        access.append(handle -> {
            handle.createUpdate("DELETE FROM released_bucket WHERE released_at <= " + NOW + " - :rest")
                    .bind("rest", restMillis)
                    .execute();
            return handle.createUpdate("UPDATE released_bucket SET released_at = " + NOW
                            + " WHERE name = :name AND released_at IS NULL")
                    .bind("name", bucket)
                    .execute();
        });
    }

    /** Whether another project has given the name back so short ago that this one cannot have it yet. */
    boolean resting(Handle handle, String bucket, String projectId) {
        return handle.createQuery("SELECT COUNT(*) FROM released_bucket WHERE name = :name AND project_id <> :project"
                                + " AND (released_at IS NULL OR released_at > " + NOW + " - :rest)")
                        .bind("name", bucket)
                        .bind("project", projectId)
                        .bind("rest", restMillis)
                        .mapTo(Long.class)
                        .one()
                > 0;
    }
}
