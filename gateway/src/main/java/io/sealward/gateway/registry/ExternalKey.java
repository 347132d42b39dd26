package io.sealward.gateway.registry;

/**
 * A registered KEK.
 *
 * @param id {@code extkey_...}
 * @param createdAt Unix time in seconds
 */
public record ExternalKey(String id, String organizationId, String name, KeySpec spec, long createdAt) {}
