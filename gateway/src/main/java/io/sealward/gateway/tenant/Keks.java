package io.sealward.gateway.tenant;

import io.sealward.providers.Kek;
import java.util.List;
import java.util.Optional;

/** The KEKs that are registered, open and ready. Look-ups are in memory and never block. */
public interface Keks {
    /** A KEK and the registration it came from. */
    record Registered(String externalKeyId, Kek kek) {}

    /**
     * A KEK and what it is used for.
     *
     * @param organizationId whose it is
     * @param projectId of one of the projects that it seals for, if there is any
     * @param bucket of one of that project's, if there is any
     */
    record Use(Registered key, String organizationId, Optional<String> projectId, Optional<String> bucket) {}

    /** All KEKs. */
    List<Use> uses();

    /** The KEK that seals for a project; empty if it has none and the configuration allows no default. */
    Optional<Registered> forProject(Project project);

    /** The KEK that sealed an object, by the id in its metadata; empty if that registration is gone or another tenant's. */
    Optional<Registered> find(Project project, String externalKeyId);
}
