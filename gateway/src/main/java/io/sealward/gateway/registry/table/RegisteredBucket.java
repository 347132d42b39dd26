package io.sealward.gateway.registry.table;

import java.util.Optional;

/**
 * A bucket name and its owner.
 *
 * @param claimId of the claim through which it is owned
 * @param mixed whether objects without a seal are served as they are
 * @param createdAt Unix time in seconds
 * @param policy in JSON; empty for none
 */
public record RegisteredBucket(
        String name, String projectId, String claimId, boolean mixed, long createdAt, Optional<String> policy) {}
