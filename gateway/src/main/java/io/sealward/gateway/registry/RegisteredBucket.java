package io.sealward.gateway.registry;

/**
 * A bucket name and its owner.
 *
 * @param mixed whether objects without a seal are served as they are
 * @param createdAt Unix time in seconds
 */
public record RegisteredBucket(String name, String projectId, boolean mixed, long createdAt) {}
