package io.sealward.gateway.tenant;

import io.sealward.providers.Kek;
import java.util.Optional;

/** The KEKs that are registered, open and ready. Look-ups are in memory and never block. */
public interface Keks {
    /** A KEK and the registration it came from. */
    record Registered(String externalKeyId, Kek kek) {}

    /** The KEK that seals for a project; empty if it has none and the configuration allows no default. */
    Optional<Registered> forProject(Project project);

    /** The KEK that sealed an object, by the id in its metadata; empty if that registration is gone or another tenant's. */
    Optional<Registered> find(Project project, String externalKeyId);
}
