package io.sealward.gateway;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.key.KeyEvents;
import io.sealward.gateway.management.KeyControl;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happens to keys into metrics, audit events and the state that the management API shows. What a KMS granted
 * is a line of the audit log file; what it denied is an event of the organization's audit log as well.
 */
final class KeyMonitor implements KeyEvents {
    private static final Logger AUDIT = LoggerFactory.getLogger("sealward.audit");

    private final Metrics metrics;
    private final Audit audit;
    private final Clock clock;
    private final Map<String, KeyControl.KeyState> states = new ConcurrentHashMap<>();

    KeyMonitor(Metrics metrics, Audit audit, Clock clock) {
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
    }

    Optional<KeyControl.KeyState> state(String externalKeyId) {
        return Optional.ofNullable(states.get(externalKeyId));
    }

    @Override
    public void called(Call call, Project project, Keks.Registered kek, Optional<KmsException> failure, long nanos) {
        String id = kek.externalKeyId();
        String provider = kek.kek().provider();
        metrics.kmsCall(
                provider,
                id,
                call == Call.WRAP ? Metrics.KmsOperation.WRAP : Metrics.KmsOperation.UNWRAP,
                failure.map(KmsException::error),
                Duration.ofNanos(nanos));
        if (states.put(id, new KeyControl.KeyState(clock.instant().getEpochSecond(), failure)) == null) {
            metrics.watchKey(provider, id, () -> usable(id));
        }
        if (failure.isEmpty()) {
            AUDIT.info(
                    "external_key.{} organization={} project={} resource={}",
                    call == Call.WRAP ? "wrapped" : "unwrapped",
                    project.organizationId(),
                    project.id(),
                    id);
        } else if (failure.get().error().withdrawn()) {
            audit.record(
                    project.organizationId(),
                    call == Call.CANARY ? new Actor.Gateway() : new Actor.ProjectClient(project.id()),
                    new AuditEvent.KeyUseDenied(
                            id,
                            Optional.of(project.id()),
                            call == Call.WRAP ? AuditEvent.Use.WRAP : AuditEvent.Use.UNWRAP,
                            failure.get().error(),
                            failure.get().getMessage()));
        }
    }

    private double usable(String externalKeyId) {
        return states.get(externalKeyId).failure().isEmpty() ? 1 : 0;
    }

    @Override
    public void purged(Project project, String externalKeyId, String reason, int streamsCut) {
        audit.record(project.organizationId(), new Actor.Gateway(), new AuditEvent.KeyPurged(externalKeyId, reason));
    }

    @Override
    public void lookedUp(boolean cached) {
        if (cached) {
            metrics.cacheHit();
        } else {
            metrics.cacheMiss();
        }
    }
}
