package io.sealward.gateway.registry;

import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import java.util.Optional;

/** The registered KEKs as the data path sees them, with the gateway's own for projects that have none. */
final class RegisteredKeks implements Keks {
    private final Snapshots snapshots;
    private final KekTable open;
    private final Optional<Registered> byDefault;

    RegisteredKeks(Snapshots snapshots, KekTable open, Optional<Registered> byDefault) {
        this.snapshots = snapshots;
        this.open = open;
        this.byDefault = byDefault;
    }

    @Override
    public Optional<Registered> forProject(Project project) {
        return project.externalKeyId().isPresent()
                ? find(project, project.externalKeyId().get())
                : byDefault;
    }

    @Override
    public Optional<Registered> find(Project project, String externalKeyId) {
        if (byDefault.isPresent() && byDefault.get().externalKeyId().equals(externalKeyId)) {
            return byDefault;
        }
        ExternalKey registration = snapshots.current().externalKeys().get(externalKeyId);
        return registration != null
                        && registration.organizationId().equals(project.organizationId())
                        && registration.serves(project.id())
                ? open.find(externalKeyId)
                : Optional.empty();
    }
}
