package io.sealward.gateway.config;

/**
 * How much one organization may have.
 *
 * @param externalKeys registered at a time
 * @param projects archived ones included
 * @param credentials of S3, at a time, over all projects
 */
public record QuotasConfig(int externalKeys, int projects, int credentials) {
    public static final QuotasConfig DEFAULT = new QuotasConfig(1_000, 5_000, 5_000);
}
