package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.tenant.S3Credential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The access keys of projects. Signatures need the secret itself, so it is kept, encrypted. */
public final class S3Credentials {
    static final String TABLE = "s3_credential";

    private static final String COLUMNS = "access_key_id, project_id, name, created_at, policy";

    private final Database database;
    private final Snapshots snapshots;
    private final Projects projects;
    private final RowCipher cipher;
    private final Tokens tokens;
    private final Clock clock;
    private final Quotas quotas;

    S3Credentials(
            Database database,
            Snapshots snapshots,
            Projects projects,
            RowCipher cipher,
            Tokens tokens,
            Clock clock,
            Quotas quotas) {
        this.database = database;
        this.snapshots = snapshots;
        this.projects = projects;
        this.cipher = cipher;
        this.tokens = tokens;
        this.clock = clock;
        this.quotas = quotas;
    }

    /** A credential at the one moment its secret is shown. */
    public record Created(RegisteredCredential registered, S3Credential credential) {}

    /** Makes one that may do all in its project. */
    public Created create(String organizationId, String projectId, String name) {
        return create(organizationId, projectId, name, Optional.empty());
    }

    /**
     * Makes a credential.
     *
     * @param policy what it may do, in JSON; empty for all
     * @throws io.sealward.gateway.policy.MalformedPolicyException if the policy is none
     */
    public Created create(String organizationId, String projectId, String name, Optional<String> policy) {
        RegisteredCredential registered = new RegisteredCredential(
                tokens.accessKeyId(), projectId, name, clock.instant().getEpochSecond(), policy);
        Optional<Policy> parsed = policy.map(text -> Policy.parse(text, registered.accessKeyId()));
        String secret = tokens.secretAccessKey();
        return snapshots.change(handle -> {
            RegisteredProject project = projects.requireActive(handle, organizationId, projectId);
            quotas.requireCredential(handle, organizationId);
            handle.createUpdate(
                            "INSERT INTO s3_credential (access_key_id, project_id, name, secret, created_at, policy)"
                                    + " VALUES (:accessKeyId, :projectId, :name, :secret, :createdAt, :policy)")
                    .bind("accessKeyId", registered.accessKeyId())
                    .bind("projectId", projectId)
                    .bind("name", name)
                    .bind("createdAt", registered.createdAt())
                    .bind("policy", policy.orElse(null))
                    .bind("secret", cipher.seal(secret.getBytes(UTF_8), TABLE, registered.accessKeyId(), projectId))
                    .execute();
            quotas.requirePolicies(handle, organizationId);
            return new Created(
                    registered, new S3Credential(registered.accessKeyId(), secret, project.project(), parsed));
        });
    }

    /** The project must be one the caller has found to be its own. */
    public Optional<RegisteredCredential> find(String projectId, String accessKeyId) {
        return database.read(handle -> find(handle, projectId, accessKeyId));
    }

    private static Optional<RegisteredCredential> find(Handle handle, String projectId, String accessKeyId) {
        return handle.createQuery(
                        "SELECT " + COLUMNS + " FROM s3_credential WHERE access_key_id = :id AND project_id = :project")
                .bind("id", accessKeyId)
                .bind("project", projectId)
                .map(S3Credentials::row)
                .findOne();
    }

    /**
     * Replaces what the credential may do, on every gateway within seconds. The project must be the caller's own.
     *
     * @param policy empty for all in the project
     * @throws io.sealward.gateway.policy.MalformedPolicyException if the policy is none
     */
    public RegisteredCredential change(
            String organizationId, String projectId, String accessKeyId, Optional<String> policy) {
        policy.ifPresent(text -> Policy.parse(text, accessKeyId));
        return snapshots.change(handle -> {
            projects.requireActive(handle, organizationId, projectId);
            int changed = handle.createUpdate(
                            "UPDATE s3_credential SET policy = :policy WHERE access_key_id = :id AND project_id = :project")
                    .bind("policy", policy.orElse(null))
                    .bind("id", accessKeyId)
                    .bind("project", projectId)
                    .execute();
            if (changed == 0) {
                throw RegistryException.notFound("S3 credential", accessKeyId);
            }
            quotas.requirePolicies(handle, organizationId);
            return find(handle, projectId, accessKeyId).orElseThrow();
        });
    }

    /** The project must be one the caller has found to be its own. */
    public Page<RegisteredCredential> list(String projectId, Page.Request request) {
        return database.read(handle -> new PagedQuery<>(
                        TABLE,
                        "access_key_id",
                        COLUMNS,
                        "project_id = :project",
                        Map.of("project", projectId),
                        S3Credentials::row)
                .run(handle, request));
    }

    /** Stops the credential on every gateway within seconds. The project must be the caller's own. */
    public void revoke(String projectId, String accessKeyId) {
        int revoked = snapshots.change(handle -> handle.createUpdate(
                        "DELETE FROM s3_credential WHERE access_key_id = :id AND project_id = :project")
                .bind("id", accessKeyId)
                .bind("project", projectId)
                .execute());
        if (revoked == 0) {
            throw RegistryException.notFound("S3 credential", accessKeyId);
        }
    }

    private static RegisteredCredential row(ResultSet rs, StatementContext context) throws SQLException {
        return new RegisteredCredential(
                rs.getString("access_key_id"),
                rs.getString("project_id"),
                rs.getString("name"),
                rs.getLong("created_at"),
                Optional.ofNullable(rs.getString("policy")));
    }
}
