package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.registry.table.ExternalKey;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The gateway's own is no tenant's, and left out. */
    @Override
    public List<Use> uses() {
        Snapshot current = snapshots.current();
        Map<String, String> projects = new HashMap<>();
        current.credentials().values().forEach(credential -> credential
                .project()
                .externalKeyId()
                .ifPresent(key -> projects.put(key, credential.project().id())));
        Map<String, String> buckets = new HashMap<>();
        current.buckets().values().forEach(bucket -> buckets.put(bucket.projectId(), bucket.name()));
        return current.externalKeys().values().stream()
                .flatMap(key -> open.find(key.id()).stream().map(registered -> {
                    Optional<String> project =
                            key.spec().project().or(() -> Optional.ofNullable(projects.get(key.id())));
                    return new Use(registered, key.organizationId(), project, project.map(buckets::get));
                }))
                .toList();
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
