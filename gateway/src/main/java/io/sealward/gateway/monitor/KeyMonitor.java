package io.sealward.gateway.monitor;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.KekCalled.Call;
import io.sealward.gateway.key.KeyChanged;
import io.sealward.gateway.key.KeyPurged;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happens to keys into audit events. What a KMS granted is a line of the audit log file; what it denied is told in the organization's audit log as well, see {@link DenialAudit}.
 */
public final class KeyMonitor implements AutoCloseable {
    private static final Logger AUDIT = LoggerFactory.getLogger("sealward.audit");
    private static final Logger LOG = LoggerFactory.getLogger(KeyMonitor.class);
    private static final long ALARM_MILLIS = 60_000;

    private final Audit audit;
    private final Clock clock;
    private final AtomicLong alarmedAt = new AtomicLong(Long.MIN_VALUE);
    private final DenialAudit denials;

    /** @param audit hears of what is not in the audit log file alone */
    public KeyMonitor(Events events, Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        this.denials = new DenialAudit(audit, clock);
        events.when(KekCalled.class, this::called);
        events.when(KeyPurged.class, this::purged);
        events.when(KeyChanged.class, this::changed);
    }

    /** Tells of denials that were counted together. Called once a minute. */
    public void tellDenials() {
        denials.tellWhatIsDue();
    }

    /** Tells of all denials that are still counted. */
    @Override
    public void close() {
        denials.tellAll();
    }

    private void called(KekCalled called) {
        String id = called.kek().externalKeyId();
        Project project = called.project();
        Optional<KmsException> failure = called.failure();
        failure.filter(KmsException::gatewaysOwn)
                .ifPresent(own -> alarm(called.kek().kek().provider(), own));
        if (failure.isEmpty()) {
            AUDIT.info(
                    "external_key.{} organization={} project={} resource={}",
                    called.call() == Call.WRAP ? "wrapped" : "unwrapped",
                    project.organizationId(),
                    project.id(),
                    id);
        } else if (failure.get().error().withdrawn()) {
            denials.add(
                    id,
                    project,
                    called.call() == Call.WRAP ? AuditEvent.Use.WRAP : AuditEvent.Use.UNWRAP,
                    failure.get(),
                    called.call() == Call.CANARY ? new Actor.Gateway() : new Actor.ProjectClient(project.id()));
        }
    }

    /** The operator's to cure, and of no single tenant: said once a minute. */
    private void alarm(String provider, KmsException own) {
        long now = clock.millis();
        long last = alarmedAt.get();
        if (now - ALARM_MILLIS >= last && alarmedAt.compareAndSet(last, now)) {
            LOG.error("the gateway's own identity does not work at {}: {}", provider, own.getMessage());
        }
    }

    private void changed(KeyChanged changed) {
        audit.record(
                changed.key().organizationId(),
                new Actor.Gateway(),
                AuditEvent.keyStateChanged(
                        changed.key().externalKeyId(),
                        changed.before().map(KeyMonitor::lower).orElse("unknown"),
                        lower(changed.now().status()),
                        changed.now().reason()));
    }

    private static String lower(KeyState.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private void purged(KeyPurged purged) {
        audit.record(
                purged.project().organizationId(),
                new Actor.Gateway(),
                AuditEvent.keyPurged(purged.externalKeyId(), purged.reason(), purged.streamsCut()));
    }
}
