package io.sealward.gateway.registry;

import io.sealward.gateway.registry.RegistryException.Reason;
import io.sealward.gateway.tenant.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which project owns which bucket name. A name is taken by one project only, whichever gateway it asks. */
public final class BucketClaims {
    static final String COLUMNS = "name, project_id, mixed, created_at";

    private final Database database;
    private final Snapshots snapshots;
    private final Projects projects;
    private final Clock clock;

    BucketClaims(Database database, Snapshots snapshots, Projects projects, Clock clock) {
        this.database = database;
        this.snapshots = snapshots;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Takes a name. Asking again for one's own changes nothing.
     *
     * @return whether the name is newly taken
     */
    public boolean claim(Project project, String bucket) {
        return snapshots.change(handle -> {
            projects.requireActive(handle, project.organizationId(), project.id());
            Optional<RegisteredBucket> known = find(handle, bucket);
            if (known.isEmpty()) {
                handle.createUpdate("INSERT INTO bucket (name, project_id, mixed, created_at)"
                                + " VALUES (:name, :project, FALSE, :createdAt)")
                        .bind("name", bucket)
                        .bind("project", project.id())
                        .bind("createdAt", clock.instant().getEpochSecond())
                        .execute();
            } else if (!known.get().projectId().equals(project.id())) {
                throw new RegistryException(Reason.BUCKET_TAKEN, "Another project owns bucket '" + bucket + "'.");
            }
            return known.isEmpty();
        });
    }

    /** Gives a name back; false if the project did not own it. */
    public boolean release(Project project, String bucket) {
        return snapshots.change(
                handle -> handle.createUpdate("DELETE FROM bucket WHERE name = :name AND project_id = :project")
                                .bind("name", bucket)
                                .bind("project", project.id())
                                .execute()
                        > 0);
    }

    /** Whether objects without a seal are served as they are. */
    public RegisteredBucket setMixed(String organizationId, String projectId, String bucket, boolean mixed) {
        return snapshots.change(handle -> {
            projects.requireActive(handle, organizationId, projectId);
            int changed = handle.createUpdate(
                            "UPDATE bucket SET mixed = :mixed WHERE name = :name AND project_id = :project")
                    .bind("mixed", mixed)
                    .bind("name", bucket)
                    .bind("project", projectId)
                    .execute();
            if (changed == 0) {
                throw RegistryException.notFound("bucket", bucket);
            }
            return find(handle, bucket).orElseThrow();
        });
    }

    /** The project must be one the caller has found to be its own. */
    public Optional<RegisteredBucket> find(String projectId, String bucket) {
        return database.read(handle -> find(handle, bucket))
                .filter(found -> found.projectId().equals(projectId));
    }

    /** The project must be one the caller has found to be its own. */
    public Page<RegisteredBucket> list(String projectId, Page.Request request) {
        return database.read(handle -> new PagedQuery<>(
                        "bucket",
                        "name",
                        COLUMNS,
                        "project_id = :project",
                        Map.of("project", projectId),
                        BucketClaims::row)
                .run(handle, request));
    }

    private static Optional<RegisteredBucket> find(Handle handle, String bucket) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM bucket WHERE name = :name")
                .bind("name", bucket)
                .map(BucketClaims::row)
                .findOne();
    }

    static RegisteredBucket row(ResultSet rs, StatementContext context) throws SQLException {
        return new RegisteredBucket(
                rs.getString("name"), rs.getString("project_id"), rs.getBoolean("mixed"), rs.getLong("created_at"));
    }
}
