package io.sealward.gateway.registry;

/**
 * What is known of an S3 credential; its secret is only ever shown when it is made.
 *
 * @param createdAt Unix time in seconds
 */
public record RegisteredCredential(String accessKeyId, String projectId, String name, long createdAt) {}
