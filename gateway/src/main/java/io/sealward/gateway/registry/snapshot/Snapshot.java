package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.registry.table.AdminKeys;
import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.registry.table.RegisteredBucket;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.S3Credential;
import java.util.Map;
import java.util.Optional;

/**
 * The whole registry as the data path needs it, at one revision.
 *
 * @param projects active ones, by id
 * @param credentials of active projects, by access key id
 * @param roles of active projects, by {@link #roleKey}
 * @param buckets by name
 * @param bucketPolicies by the id of the claim that the bucket is owned through
 * @param adminKeys by id
 * @param externalKeys by id
 */
record Snapshot(
        long revision,
        Map<String, Project> projects,
        Map<String, S3Credential> credentials,
        Map<String, Role> roles,
        Map<String, RegisteredBucket> buckets,
        Map<String, BucketPolicy> bucketPolicies,
        Map<String, AdminKeys.Stored> adminKeys,
        Map<String, ExternalKey> externalKeys) {
    static final Snapshot EMPTY =
            new Snapshot(-1, Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    Snapshot {
        projects = Map.copyOf(projects);
        credentials = Map.copyOf(credentials);
        roles = Map.copyOf(roles);
        buckets = Map.copyOf(buckets);
        bucketPolicies = Map.copyOf(bucketPolicies);
        adminKeys = Map.copyOf(adminKeys);
        externalKeys = Map.copyOf(externalKeys);
    }

    Optional<Role> role(String projectId, String name) {
        return Optional.ofNullable(roles.get(roleKey(projectId, name)));
    }

    /** Neither has a slash. */
    static String roleKey(String projectId, String name) {
        return projectId + '/' + name;
    }

    /** Without the secrets inside. */
    @Override
    public String toString() {
        return "Snapshot[" + revision + "]";
    }
}
