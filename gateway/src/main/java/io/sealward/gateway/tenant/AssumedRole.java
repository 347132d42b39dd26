package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/**
 * The role behind a temporary credential.
 *
 * @param generation of the role when it was taken on
 * @param session the name that its taker has given it
 * @param narrowing what the session may do at most; empty for all that its role may
 */
public record AssumedRole(String role, String generation, String session, Optional<Policy> narrowing) {
    public AssumedRole {
        requireNonNull(role, "role");
        requireNonNull(generation, "generation");
        requireNonNull(session, "session");
        requireNonNull(narrowing, "narrowing");
    }

    /** Whether this is still the role that was taken on. */
    boolean isOf(Role now) {
        return now.generation().equals(generation);
    }

    /** What both the role, as it is now, and the session may do. */
    Optional<Policy> policy(Role now) {
        return now.policy()
                .map(ofRole -> narrowing.map(ofRole::narrowedBy).orElse(ofRole))
                .or(() -> narrowing);
    }
}
