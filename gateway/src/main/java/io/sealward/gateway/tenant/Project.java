package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The unit of isolation: what one project stores, no other can read.
 *
 * @param organizationId {@code org-...}
 * @param id {@code proj_...}
 * @param externalKeyId the key all its objects are sealed under; empty for the gateway's default KEK
 */
public record Project(String organizationId, String id, Optional<String> externalKeyId, KeyMode keyMode) {
    public Project {
        requireNonNull(organizationId, "organizationId");
        requireNonNull(id, "id");
        requireNonNull(externalKeyId, "externalKeyId");
        requireNonNull(keyMode, "keyMode");
    }
}
