package io.sealward.gateway.registry;

import io.sealward.gateway.tenant.S3Credential;
import java.util.Map;

/**
 * The whole registry as the data path needs it, at one revision.
 *
 * @param credentials of active projects, by access key id
 * @param buckets by name
 * @param adminKeys by id
 * @param externalKeys by id
 */
record Snapshot(
        long revision,
        Map<String, S3Credential> credentials,
        Map<String, RegisteredBucket> buckets,
        Map<String, StoredAdminKey> adminKeys,
        Map<String, ExternalKey> externalKeys) {
    static final Snapshot EMPTY = new Snapshot(-1, Map.of(), Map.of(), Map.of(), Map.of());

    Snapshot {
        credentials = Map.copyOf(credentials);
        buckets = Map.copyOf(buckets);
        adminKeys = Map.copyOf(adminKeys);
        externalKeys = Map.copyOf(externalKeys);
    }

    /** An admin key with what its token is compared to. */
    @SuppressWarnings("ArrayRecordComponent") // compared by MessageDigest.isEqual only
    record StoredAdminKey(AdminKey key, byte[] tokenSha256) {}

    /** Without the secrets inside. */
    @Override
    public String toString() {
        return "Snapshot[" + revision + "]";
    }
}
