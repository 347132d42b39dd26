package io.sealward.gateway.registry;

import io.sealward.gateway.identity.MalformedTrustException;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.registry.Snapshot.StoredAdminKey;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole registry, and decrypts of it what has changed. A row that cannot be read is left out and logged: it must
 * not take the others with it. Not thread-safe.
 */
final class SnapshotLoader {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotLoader.class);

    private final OpenedColumns columns;
    private final ParsedPolicies policies = new ParsedPolicies();
    private final ProjectRows rows;

    SnapshotLoader(RowCipher cipher) {
        this.columns = new OpenedColumns(cipher);
        this.rows = new ProjectRows(cipher, columns);
    }

    Snapshot load(Handle handle) {
        columns.begin();
        policies.begin();
        Map<String, Project> projects = projects(handle);
        Map<String, RegisteredBucket> buckets = buckets(handle);
        return new Snapshot(
                revision(handle),
                projects,
                credentials(handle, projects),
                roles(handle, projects),
                buckets,
                bucketPolicies(buckets.values()),
                adminKeys(handle),
                externalKeys(handle));
    }

    long revision(Handle handle) {
        return handle.createQuery("SELECT revision FROM registry_state WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    private Map<String, Project> projects(Handle handle) {
        Map<String, Project> projects = new HashMap<>();
        handle.createQuery("SELECT " + ProjectRows.COLUMNS + " FROM project WHERE archived_at IS NULL")
                .map(this::project)
                .forEach(found -> found.ifPresent(project -> projects.put(project.id(), project)));
        return projects;
    }

    private Map<String, S3Credential> credentials(Handle handle, Map<String, Project> projects) {
        Map<String, S3Credential> credentials = new HashMap<>();
        handle.createQuery("SELECT access_key_id, project_id, secret, policy FROM s3_credential")
                .map((rs, ctx) -> credential(
                        rs.getString("access_key_id"),
                        Optional.ofNullable(projects.get(rs.getString("project_id"))),
                        rs.getBytes("secret"),
                        Optional.ofNullable(rs.getString("policy"))))
                .forEach(found -> found.ifPresent(c -> credentials.put(c.accessKeyId(), c)));
        return credentials;
    }

    private Map<String, Role> roles(Handle handle, Map<String, Project> projects) {
        Map<String, Role> roles = new HashMap<>();
        handle.createQuery("SELECT " + S3Roles.COLUMNS + " FROM s3_role")
                .map(S3Roles::row)
                .forEach(row -> Optional.ofNullable(projects.get(row.projectId()))
                        .flatMap(project -> role(row, project))
                        .ifPresent(role -> roles.put(Snapshot.roleKey(row.projectId(), role.name()), role)));
        return roles;
    }

    private Optional<Role> role(RegisteredRole row, Project project) {
        try {
            return Optional.of(
                    row.in(project, row.policy().map(text -> policies.parse(text, Role.username(row.name())))));
        } catch (MalformedTrustException | MalformedPolicyException e) {
            LOG.error("role {} is ignored: {}", row.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Without the credential at the store that it is to have, it must not go on with the gateway's. */
    private Optional<Project> project(ResultSet rs, StatementContext context) throws SQLException {
        try {
            return Optional.of(rows.map(rs, context).project());
        } catch (RegistryException e) {
            LOG.error("project {} is ignored: {}", rs.getString("id"), e.getMessage());
            return Optional.empty();
        }
    }

    /** Without the policy that it is to have, it must not do all in its project. */
    private Optional<S3Credential> credential(
            String accessKeyId, Optional<Project> project, byte[] sealed, Optional<String> policy) {
        try {
            return project.map(owner -> new S3Credential(
                    accessKeyId,
                    columns.open(sealed, S3Credentials.TABLE, accessKeyId, owner.id()),
                    owner,
                    policy.map(text -> policies.parse(text, accessKeyId))));
        } catch (RegistryException | MalformedPolicyException e) {
            LOG.error("S3 credential {} is ignored: {}", accessKeyId, e.getMessage());
            return Optional.empty();
        }
    }

    private static Map<String, RegisteredBucket> buckets(Handle handle) {
        Map<String, RegisteredBucket> buckets = new HashMap<>();
        handle.createQuery("SELECT " + BucketClaims.COLUMNS + " FROM bucket")
                .map(BucketClaims::row)
                .forEach(bucket -> buckets.put(bucket.name(), bucket));
        return buckets;
    }

    private Map<String, BucketPolicy> bucketPolicies(Collection<RegisteredBucket> buckets) {
        Map<String, BucketPolicy> read = new HashMap<>();
        for (RegisteredBucket bucket : buckets) {
            bucket.policy().ifPresent(text -> read.put(bucket.claimId(), policies.ofBucket(text, bucket.name())));
        }
        return read;
    }

    private static Map<String, StoredAdminKey> adminKeys(Handle handle) {
        Map<String, StoredAdminKey> keys = new HashMap<>();
        handle.createQuery("SELECT " + AdminKeys.COLUMNS + ", token_sha256 FROM admin_key")
                .map((rs, ctx) -> new StoredAdminKey(AdminKeys.row(rs, ctx), rs.getBytes("token_sha256")))
                .forEach(key -> keys.put(key.key().id(), key));
        return keys;
    }

    private static Map<String, ExternalKey> externalKeys(Handle handle) {
        Map<String, ExternalKey> keys = new HashMap<>();
        handle.createQuery("SELECT " + ExternalKeys.COLUMNS + " FROM external_key")
                .map((rs, ctx) -> {
                    try {
                        return Optional.of(ExternalKeys.row(rs, ctx));
                    } catch (IllegalArgumentException e) {
                        LOG.error("external key {} is ignored: {}", rs.getString("id"), e.getMessage());
                        return Optional.<ExternalKey>empty();
                    }
                })
                .forEach(found -> found.ifPresent(key -> keys.put(key.id(), key)));
        return keys;
    }
}
