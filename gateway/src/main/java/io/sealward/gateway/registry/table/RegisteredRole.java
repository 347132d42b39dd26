package io.sealward.gateway.registry.table;

import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a role.
 *
 * @param trust who may take it on, in JSON as it was given
 * @param policy what it may do in its project, in JSON as it was given; empty for all
 * @param longest how long it may be taken on for
 * @param createdAt Unix time in seconds
 */
public record RegisteredRole(
        String id,
        String projectId,
        String name,
        String trust,
        Optional<String> policy,
        Duration longest,
        long createdAt) {
    /**
     * The role, as the data path knows it.
     *
     * @throws io.sealward.gateway.identity.MalformedTrustException if the trust is one of another version
     */
    public Role in(Project project, Optional<Policy> parsed) {
        Trust whom = Trust.parse(trust);
        return new Role(name, Role.generation(id, whom), project, whom, parsed, longest);
    }
}
