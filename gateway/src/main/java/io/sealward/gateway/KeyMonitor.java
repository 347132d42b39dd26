package io.sealward.gateway;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.key.KeyEvents;
import io.sealward.gateway.management.KeyControl;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
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
 * is a line of the audit log file; what it denied is told in the organization's audit log as well, see {@link Denials}.
 */
final class KeyMonitor implements KeyEvents, AutoCloseable {
    private static final Logger AUDIT = LoggerFactory.getLogger("sealward.audit");

    private final Metrics metrics;
    private final Audit audit;
    private final Clock clock;
    private final Denials denials;
    private final Map<String, KeyControl.KeyState> states = new ConcurrentHashMap<>();

    KeyMonitor(Metrics metrics, Audit audit, Clock clock) {
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
        this.denials = new Denials(audit, clock);
    }

    Optional<KeyControl.KeyState> state(String externalKeyId) {
        return Optional.ofNullable(states.get(externalKeyId));
    }

    /** Drops state and series of a key whose registration is gone. */
    void forget(String externalKeyId) {
        states.remove(externalKeyId);
        metrics.forgetKey(externalKeyId);
    }

    /** Tells of denials that were counted together. Called once a minute. */
    void tellDenials() {
        denials.tell(false);
    }

    /** Tells of all denials that are still counted. */
    @Override
    public void close() {
        denials.tell(true);
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
        // What does not unwrap is damaged or made up by a client, and says nothing of the key.
        boolean aboutTheKey = failure.map(KmsException::error)
                .filter(KmsError.CORRUPT::equals)
                .isEmpty();
        if (aboutTheKey
                && states.put(id, new KeyControl.KeyState(clock.instant().getEpochSecond(), failure)) == null) {
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
            denials.add(
                    id,
                    project,
                    call == Call.WRAP ? AuditEvent.Use.WRAP : AuditEvent.Use.UNWRAP,
                    failure.get(),
                    call == Call.CANARY ? new Actor.Gateway() : new Actor.ProjectClient(project.id()));
        }
    }

    private double usable(String externalKeyId) {
        return state(externalKeyId).flatMap(KeyControl.KeyState::failure).isEmpty() ? 1 : 0;
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
