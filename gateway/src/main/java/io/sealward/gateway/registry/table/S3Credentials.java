package io.sealward.gateway.registry.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.ColumnOpener;
import io.sealward.gateway.registry.encryption.EncryptedColumn;
import io.sealward.gateway.registry.encryption.RowCipher;
import io.sealward.gateway.tenant.S3Credential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The access keys of projects. Signatures need the secret itself, so it is kept, encrypted. */
public final class S3Credentials {
    /** The column of the secret. */
    public static final EncryptedColumn SECRET =
            new EncryptedColumn("s3_credential", "access_key_id", "secret", List.of("access_key_id", "project_id"));

    private static final String TABLE = SECRET.table();
    private static final String COLUMNS = "access_key_id, project_id, name, created_at, policy";

    private static final PagedQuery<RegisteredCredential> PAGES =
            new PagedQuery<>(TABLE, "access_key_id", COLUMNS, S3Credentials::row);

    private final TableAccess access;
    private final Projects projects;
    private final RowCipher cipher;

    public S3Credentials(TableAccess access, Projects projects, RowCipher cipher) {
        this.access = access;
        this.projects = projects;
        this.cipher = cipher;
    }

    /** A credential at the one moment its secret is shown. */
    public record Created(RegisteredCredential registered, S3Credential credential) {}

    /** A credential as it is kept: its secret encrypted, its policy in JSON. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Stored(String accessKeyId, String projectId, byte[] secret, Optional<String> policy) {
        /** The secret, which is bound to the credential and its project. */
        public String opened(ColumnOpener opener) {
            return opener.open(secret, TABLE, accessKeyId, projectId);
        }
    }

    /** All credentials of all projects, on a handle of the registry's. */
    public static List<Stored> all(Handle handle) {
        return handle.createQuery("SELECT access_key_id, project_id, secret, policy FROM s3_credential")
                .map((rs, context) -> new Stored(
                        rs.getString("access_key_id"),
                        rs.getString("project_id"),
                        rs.getBytes("secret"),
                        Optional.ofNullable(rs.getString("policy"))))
                .list();
    }

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
        RegisteredCredential registered =
                new RegisteredCredential(access.tokens().accessKeyId(), projectId, name, access.now(), policy);
        Optional<Policy> parsed = policy.map(text -> Policy.parse(text, registered.accessKeyId()));
        String secret = access.tokens().secretAccessKey();
        return access.change(handle -> {
            RegisteredProject project = projects.requireActive(handle, organizationId, projectId);
            access.quotas().requireCredential(handle, organizationId);
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
            access.quotas().requirePolicies(handle, organizationId);
            return new Created(
                    registered, new S3Credential(registered.accessKeyId(), secret, project.project(), parsed));
        });
    }

    /** The project must be one the caller has found to be its own. */
    public Optional<RegisteredCredential> find(String projectId, String accessKeyId) {
        return access.read(handle -> find(handle, projectId, accessKeyId));
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
        return access.change(handle -> {
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
            access.quotas().requirePolicies(handle, organizationId);
            return find(handle, projectId, accessKeyId).orElseThrow();
        });
    }

    /** The project must be one the caller has found to be its own. */
    public Page<RegisteredCredential> list(String projectId, Page.Request request) {
        return access.read(handle -> PAGES.run(handle, "project_id = :project", Map.of("project", projectId), request));
    }

    /** Stops the credential on every gateway within seconds. The project must be the caller's own. */
    public void revoke(String projectId, String accessKeyId) {
        int revoked = access.change(handle -> handle.createUpdate(
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
