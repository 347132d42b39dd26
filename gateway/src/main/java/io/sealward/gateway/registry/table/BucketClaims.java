package io.sealward.gateway.registry.table;

import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import io.sealward.gateway.tenant.Project;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which project owns which bucket name. A name is taken by one project only, whichever gateway it asks. */
public final class BucketClaims {
    private static final String COLUMNS = "name, project_id, claim_id, mixed, created_at, policy";

    private static final Logger LOG = LoggerFactory.getLogger(BucketClaims.class);
    private static final String CLAIM = "claim_";
    private static final String MARK = "mark_";

    private static final PagedQuery<RegisteredBucket> PAGES =
            new PagedQuery<>("bucket", "name", COLUMNS, BucketClaims::row);

    private final TableAccess access;
    private final Projects projects;
    private final ReleasedNames released;

    /** @param rest how long a name that one project has given back is kept from others */
    public BucketClaims(TableAccess access, Projects projects, Duration rest) {
        this.access = access;
        this.projects = projects;
        this.released = new ReleasedNames(access, rest);
    }

    /**
     * A project's claim.
     *
     * @param mark to release it with; empty if the claim was there before
     */
    public record Claimed(RegisteredBucket bucket, Optional<String> mark) {}

    /** Takes a name. Asking again for one's own changes nothing. */
    public Claimed claim(Project project, String bucket) {
        released.begin(bucket);
        return access.change(handle -> {
            projects.requireActive(handle, project.organizationId(), project.id());
            Optional<RegisteredBucket> own = findOwn(handle, project, bucket);
            if (own.isPresent()) {
                return new Claimed(own.get(), Optional.empty());
            }
            if (released.resting(handle, bucket, project.id())) {
                throw new RegistryException(
                        Reason.BUCKET_RESTING, "Another project has only just given bucket '" + bucket + "' back.");
            }
            String mark = access.tokens().id(MARK);
            return new Claimed(insert(handle, project, bucket, Optional.of(mark)), Optional.of(mark));
        });
    }

    /**
     * Says that the store has created a bucket of the project's: marks given out before are void, and what was released in
     * the meantime is claimed again.
     *
     * @return whether it had been released
     */
    public boolean created(Project project, String bucket) {
        boolean asItShouldBe = access.read(
                handle -> handle.createQuery("SELECT COUNT(*) FROM bucket WHERE name = :name AND project_id = :project"
                                        + " AND ending IS NULL")
                                .bind("name", bucket)
                                .bind("project", project.id())
                                .mapTo(Long.class)
                                .one()
                        > 0);
        return !asItShouldBe
                && access.change(handle -> {
                    boolean had = findOwn(handle, project, bucket).isPresent();
                    if (had) {
                        handle.createUpdate("UPDATE bucket SET ending = NULL WHERE name = :name")
                                .bind("name", bucket)
                                .execute();
                    } else {
                        insert(handle, project, bucket, Optional.empty());
                    }
                    return !had;
                });
    }

    /** The mark to release a claim with, until a bucket is created under it; empty if the project does not own the name. */
    public Optional<String> mark(Project project, String bucket) {
        return access.append(handle -> {
            handle.createUpdate("UPDATE bucket SET ending = :mark"
                            + " WHERE name = :name AND project_id = :project AND ending IS NULL")
                    .bind("mark", access.tokens().id(MARK))
                    .bind("name", bucket)
                    .bind("project", project.id())
                    .execute();
            return handle.createQuery("SELECT ending FROM bucket WHERE name = :name AND project_id = :project")
                    .bind("name", bucket)
                    .bind("project", project.id())
                    .mapTo(String.class)
                    .findOne();
        });
    }

    /** Gives a name back; false if the mark is void. */
    public boolean release(Project project, String bucket, String mark) {
        boolean done = access.change(handle -> {
            int deleted = handle.createUpdate(
                            "DELETE FROM bucket WHERE name = :name AND project_id = :project AND ending = :mark")
                    .bind("name", bucket)
                    .bind("project", project.id())
                    .bind("mark", mark)
                    .execute();
            if (deleted > 0) {
                released.add(handle, bucket, project.id());
            }
            return deleted > 0;
        });
        if (done) {
            beginRest(bucket);
        }
        return done;
    }

    private void beginRest(String bucket) {
        try {
            released.begin(bucket);
        } catch (RegistryException e) { // then it begins when the name is next asked for
            LOG.warn("bucket {} was given back, and its rest begins later: {}", bucket, e.getMessage());
        }
    }

    /** Whether objects without a seal are served as they are. */
    public RegisteredBucket setMixed(String organizationId, String projectId, String bucket, boolean mixed) {
        return access.change(handle -> {
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

    /**
     * Replaces the policy of a project's bucket; empty takes it away.
     *
     * @throws io.sealward.gateway.policy.MalformedPolicyException if it names projects or credentials that the organization does not have
     */
    public void changePolicy(Project project, String bucket, Optional<BucketPolicy> policy) {
        access.change(handle -> {
            projects.requireActive(handle, project.organizationId(), project.id());
            policy.ifPresent(stated -> NamedPrincipals.require(handle, project.organizationId(), stated));
            int changed = handle.createUpdate(
                            "UPDATE bucket SET policy = :policy WHERE name = :name AND project_id = :project")
                    .bind("policy", policy.map(BucketPolicy::document).orElse(null))
                    .bind("name", bucket)
                    .bind("project", project.id())
                    .execute();
            if (changed == 0) {
                throw RegistryException.notFound("bucket", bucket);
            }
            access.quotas().requirePolicies(handle, project.organizationId());
            return changed;
        });
    }

    /** All claims of all projects, on a handle of the registry's. */
    public static List<RegisteredBucket> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM bucket")
                .map(BucketClaims::row)
                .list();
    }

    /** The project must be one the caller has found to be its own. */
    public Optional<RegisteredBucket> find(String projectId, String bucket) {
        return access.read(handle -> find(handle, bucket))
                .filter(found -> found.projectId().equals(projectId));
    }

    /** The project must be one the caller has found to be its own. */
    public Page<RegisteredBucket> list(String projectId, Page.Request request) {
        return access.read(handle -> PAGES.run(handle, "project_id = :project", Map.of("project", projectId), request));
    }

    private RegisteredBucket insert(Handle handle, Project project, String bucket, Optional<String> mark) {
        released.remove(handle, bucket);
        RegisteredBucket claimed = new RegisteredBucket(
                bucket, project.id(), access.tokens().id(CLAIM), false, access.now(), Optional.empty());
        handle.createUpdate("INSERT INTO bucket (name, project_id, claim_id, mixed, created_at, ending)"
                        + " VALUES (:name, :projectId, :claimId, :mixed, :createdAt, :mark)")
                .bindMethods(claimed)
                .bind("mark", mark)
                .execute();
        return claimed;
    }

    private static Optional<RegisteredBucket> findOwn(Handle handle, Project project, String bucket) {
        Optional<RegisteredBucket> known = find(handle, bucket);
        if (known.filter(found -> !found.projectId().equals(project.id())).isPresent()) {
            throw new RegistryException(Reason.BUCKET_TAKEN, "Another project owns bucket '" + bucket + "'.");
        }
        return known;
    }

    private static Optional<RegisteredBucket> find(Handle handle, String bucket) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM bucket WHERE name = :name")
                .bind("name", bucket)
                .map(BucketClaims::row)
                .findOne();
    }

    private static RegisteredBucket row(ResultSet rs, StatementContext context) throws SQLException {
        return new RegisteredBucket(
                rs.getString("name"),
                rs.getString("project_id"),
                rs.getString("claim_id"),
                rs.getBoolean("mixed"),
                rs.getLong("created_at"),
                Optional.ofNullable(rs.getString("policy")));
    }
}
