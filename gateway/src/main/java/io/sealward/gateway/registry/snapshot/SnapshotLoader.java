package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.identity.MalformedTrustException;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.encryption.RowCipher;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.gateway.registry.table.BucketClaims;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.ExternalKeys;
import io.sealward.gateway.registry.table.ProjectRows;
import io.sealward.gateway.registry.table.RegisteredBucket;
import io.sealward.gateway.registry.table.RegisteredRole;
import io.sealward.gateway.registry.table.S3Credentials;
import io.sealward.gateway.registry.table.S3Roles;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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
        Map<String, Project> projects = by(Project::id, rows.active(handle));
        Map<String, RegisteredBucket> buckets = by(RegisteredBucket::name, BucketClaims.all(handle));
        return new Snapshot(
                revision(handle),
                projects,
                credentials(handle, projects),
                roles(handle, projects),
                buckets,
                bucketPolicies(buckets.values()),
                by(stored -> stored.key().id(), AdminKeys.all(handle)),
                by(ExternalKey::id, ExternalKeys.all(handle)));
    }

    long revision(Handle handle) {
        return handle.createQuery("SELECT revision FROM registry_state WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    private static <T> Map<String, T> by(Function<T, String> key, Collection<T> rows) {
        return rows.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    private Map<String, S3Credential> credentials(Handle handle, Map<String, Project> projects) {
        Map<String, S3Credential> credentials = new HashMap<>();
        for (S3Credentials.Stored stored : S3Credentials.all(handle)) {
            Optional.ofNullable(projects.get(stored.projectId()))
                    .flatMap(project -> credential(stored, project))
                    .ifPresent(credential -> credentials.put(credential.accessKeyId(), credential));
        }
        return credentials;
    }

    /** Without the policy that it is to have, it must not do all in its project. */
    private Optional<S3Credential> credential(S3Credentials.Stored stored, Project project) {
        try {
            return Optional.of(new S3Credential(
                    stored.accessKeyId(),
                    stored.opened(columns),
                    project,
                    stored.policy().map(text -> policies.parse(text, stored.accessKeyId()))));
        } catch (RegistryException | MalformedPolicyException e) {
            LOG.error("S3 credential {} is ignored: {}", stored.accessKeyId(), e.getMessage());
            return Optional.empty();
        }
    }

    private Map<String, Role> roles(Handle handle, Map<String, Project> projects) {
        Map<String, Role> roles = new HashMap<>();
        for (RegisteredRole row : S3Roles.all(handle)) {
            Optional.ofNullable(projects.get(row.projectId()))
                    .flatMap(project -> role(row, project))
                    .ifPresent(role -> roles.put(Snapshot.roleKey(row.projectId(), role.name()), role));
        }
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

    private Map<String, BucketPolicy> bucketPolicies(Collection<RegisteredBucket> buckets) {
        Map<String, BucketPolicy> read = new HashMap<>();
        for (RegisteredBucket bucket : buckets) {
            bucket.policy().ifPresent(text -> read.put(bucket.claimId(), policies.ofBucket(text, bucket.name())));
        }
        return read;
    }
}
