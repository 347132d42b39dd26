package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Policy;
import java.time.Duration;
import java.util.Optional;

/**
 * A role of a project.
 *
 * @param trust who may take it on
 * @param policy what it may do in its project; empty for all
 * @param maxSession how long it may be taken on for
 */
public record RoleConfig(String name, Trust trust, Optional<Policy> policy, Duration maxSession) {
    public RoleConfig {
        requireNonNull(name, "name");
        requireNonNull(trust, "trust");
        requireNonNull(policy, "policy");
        requireNonNull(maxSession, "maxSession");
    }
}
