package io.sealward.gateway.registry.table;

import java.util.Optional;

/**
 * What is known of an S3 credential; its secret is only ever shown when it is made.
 *
 * @param createdAt Unix time in seconds
 * @param policy what it may do in its project, in JSON as it was given; empty for all
 */
public record RegisteredCredential(
        String accessKeyId, String projectId, String name, long createdAt, Optional<String> policy) {}
