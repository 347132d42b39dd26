package io.sealward.gateway.registry.table;

import io.sealward.providers.KeySpec;

/**
 * A registered KEK.
 *
 * @param id {@code extkey_...}
 * @param createdAt Unix time in seconds
 */
public record ExternalKey(String id, String organizationId, String name, KeySpec spec, long createdAt) {
    /** Whether a project of the organization may use it: a key that was set up for one project is that project's alone. */
    public boolean serves(String projectId) {
        String owner = spec.owner().id();
        return owner.equals(organizationId) || owner.equals(projectId);
    }
}
