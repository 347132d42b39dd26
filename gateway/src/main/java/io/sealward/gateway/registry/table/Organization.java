package io.sealward.gateway.registry.table;

/**
 * A tenant.
 *
 * @param id {@code org-...}
 * @param createdAt Unix time in seconds
 */
public record Organization(String id, String name, long createdAt) {}
