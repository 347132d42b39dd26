package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The unit of isolation: what one project stores, no other can read.
 *
 * @param organizationId {@code org-...}
 * @param id {@code proj_...}
 * @param externalKeyId the key all its objects are sealed under; empty for the gateway's default KEK
 * @param storeCredential what its requests to the store are signed with; empty for the gateway's own
 */
public record Project(
        String organizationId,
        String id,
        Optional<String> externalKeyId,
        KeyMode keyMode,
        Optional<StoreCredential> storeCredential) {
    public Project {
        requireNonNull(organizationId, "organizationId");
        requireNonNull(id, "id");
        requireNonNull(externalKeyId, "externalKeyId");
        requireNonNull(keyMode, "keyMode");
        requireNonNull(storeCredential, "storeCredential");
    }
}
