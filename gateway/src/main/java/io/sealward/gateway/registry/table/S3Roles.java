package io.sealward.gateway.registry.table;

import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.database.RegistryException.Reason;
import io.sealward.gateway.tenant.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The roles of projects, which those can take on for whom an identity provider vouches. */
public final class S3Roles {
    private static final String COLUMNS = "id, project_id, name, trust, policy, max_session_seconds, created_at";

    private static final String PREFIX = "role_";

    private static final PagedQuery<RegisteredRole> PAGES = new PagedQuery<>("s3_role", "id", COLUMNS, S3Roles::row);

    private final TableAccess access;
    private final Projects projects;

    public S3Roles(TableAccess access, Projects projects) {
        this.access = access;
        this.projects = projects;
    }

    /**
     * What a role is to be.
     *
     * @param trust who may take it on, in JSON
     * @param policy what it may do, in JSON; empty for all in its project
     */
    public record Wanted(String name, String trust, Optional<String> policy, Duration longest) {}

    /**
     * Makes a role, whose name the project has not given yet.
     *
     * @throws io.sealward.gateway.identity.MalformedTrustException if the trust is none
     * @throws io.sealward.gateway.policy.MalformedPolicyException if the policy is none
     */
    public RegisteredRole create(String organizationId, String projectId, Wanted wanted) {
        requireWellFormed(wanted.name(), wanted.trust(), wanted.policy());
        RegisteredRole role = new RegisteredRole(
                access.tokens().id(PREFIX),
                projectId,
                wanted.name(),
                wanted.trust(),
                wanted.policy(),
                wanted.longest(),
                access.now());
        return access.change(handle -> {
            projects.requireActive(handle, organizationId, projectId);
            access.quotas().requireCredential(handle, organizationId);
            requireFree(handle, projectId, wanted.name());
            handle.createUpdate("INSERT INTO s3_role (" + COLUMNS
                            + ") VALUES (:id, :project, :name, :trust, :policy, :longest, :createdAt)")
                    .bind("id", role.id())
                    .bind("project", projectId)
                    .bind("name", role.name())
                    .bind("trust", role.trust())
                    .bind("policy", role.policy().orElse(null))
                    .bind("longest", role.longest().toSeconds())
                    .bind("createdAt", role.createdAt())
                    .execute();
            access.quotas().requirePolicies(handle, organizationId);
            return role;
        });
    }

    /**
     * Replaces whom the role trusts, what it may do and for how long, on every gateway within seconds. Under another trust it
     * is another role: who has taken it on must do so again. The project must be the caller's own.
     *
     * @param change keeps id, project, name and time
     * @throws io.sealward.gateway.identity.MalformedTrustException if the trust is none
     * @throws io.sealward.gateway.policy.MalformedPolicyException if the policy is none
     */
    public RegisteredRole change(
            String organizationId, String projectId, String id, UnaryOperator<RegisteredRole> change) {
        return access.change(handle -> {
            projects.requireActive(handle, organizationId, projectId);
            RegisteredRole role =
                    change.apply(find(handle, projectId, id).orElseThrow(() -> RegistryException.notFound("role", id)));
            requireWellFormed(role.name(), role.trust(), role.policy());
            handle.createUpdate("UPDATE s3_role SET trust = :trust, policy = :policy, max_session_seconds = :longest"
                            + " WHERE id = :id AND project_id = :project")
                    .bind("trust", role.trust())
                    .bind("policy", role.policy().orElse(null))
                    .bind("longest", role.longest().toSeconds())
                    .bind("id", id)
                    .bind("project", projectId)
                    .execute();
            access.quotas().requirePolicies(handle, organizationId);
            return role;
        });
    }

    private static void requireWellFormed(String name, String trust, Optional<String> policy) {
        Trust.parse(trust);
        policy.ifPresent(text -> Policy.parse(text, Role.username(name)));
    }

    /** All roles of all projects, on a handle of the registry's. */
    public static List<RegisteredRole> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM s3_role")
                .map(S3Roles::row)
                .list();
    }

    private static void requireFree(Handle handle, String projectId, String name) {
        long taken = handle.createQuery("SELECT COUNT(*) FROM s3_role WHERE project_id = :project AND name = :name")
                .bind("project", projectId)
                .bind("name", name)
                .mapTo(Long.class)
                .one();
        if (taken > 0) {
            throw new RegistryException(Reason.NAME_TAKEN, "The project has a role '" + name + "'.");
        }
    }

    /** The project must be one the caller has found to be its own. */
    public Optional<RegisteredRole> find(String projectId, String id) {
        return access.read(handle -> find(handle, projectId, id));
    }

    private static Optional<RegisteredRole> find(Handle handle, String projectId, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM s3_role WHERE id = :id AND project_id = :project")
                .bind("id", id)
                .bind("project", projectId)
                .map(S3Roles::row)
                .findOne();
    }

    /** The project must be one the caller has found to be its own. */
    public Page<RegisteredRole> list(String projectId, Page.Request request) {
        return access.read(handle -> PAGES.run(handle, "project_id = :project", Map.of("project", projectId), request));
    }

    /** Ends the role, and all who have taken it on, on every gateway within seconds. The project must be the caller's own. */
    public void delete(String projectId, String id) {
        int deleted = access.change(
                handle -> handle.createUpdate("DELETE FROM s3_role WHERE id = :id AND project_id = :project")
                        .bind("id", id)
                        .bind("project", projectId)
                        .execute());
        if (deleted == 0) {
            throw RegistryException.notFound("role", id);
        }
    }

    private static RegisteredRole row(ResultSet rs, StatementContext context) throws SQLException {
        return new RegisteredRole(
                rs.getString("id"),
                rs.getString("project_id"),
                rs.getString("name"),
                rs.getString("trust"),
                Optional.ofNullable(rs.getString("policy")),
                Duration.ofSeconds(rs.getLong("max_session_seconds")),
                rs.getLong("created_at"));
    }
}
