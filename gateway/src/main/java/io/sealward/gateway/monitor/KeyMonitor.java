package io.sealward.gateway.monitor;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.key.KeyEvents;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happens to keys into metrics and audit events. What a KMS granted is a line of the audit log file; what it denied is told in the organization's audit log as well, see {@link Denials}.
 */
public final class KeyMonitor implements KeyEvents, AutoCloseable {
    private static final Logger AUDIT = LoggerFactory.getLogger("sealward.audit");
    private static final Logger LOG = LoggerFactory.getLogger(KeyMonitor.class);
    private static final long ALARM_MILLIS = 60_000;

    private final Metrics metrics;
    private final Audit audit;
    private final Clock clock;
    private final AtomicLong alarmedAt = new AtomicLong(Long.MIN_VALUE);
    private final Denials denials;

    /** @param audit hears of what is not in the audit log file alone */
    public KeyMonitor(Metrics metrics, Audit audit, Clock clock) {
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
        this.denials = new Denials(audit, clock);
    }

    /** Drops the series of a key whose registration is gone. */
    public void forget(String externalKeyId) {
        metrics.forgetKey(externalKeyId);
    }

    /** Tells of denials that were counted together. Called once a minute. */
    public void tellDenials() {
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
        failure.filter(KmsException::gatewaysOwn).ifPresent(own -> alarm(provider, own));
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

    /** The operator's to cure, and of no single tenant: said once a minute, and counted. */
    private void alarm(String provider, KmsException own) {
        metrics.identityRefused(provider);
        long now = clock.millis();
        long last = alarmedAt.get();
        if (now - ALARM_MILLIS >= last && alarmedAt.compareAndSet(last, now)) {
            LOG.error("the gateway's own identity does not work at {}: {}", provider, own.getMessage());
        }
    }

    @Override
    public void stands(String externalKeyId, String provider, KeyState state) {
        metrics.keyUsable(provider, externalKeyId, state.failure().isEmpty());
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
