package io.sealward.gateway.assembly;

import io.sealward.gateway.audit.AuditLog;
import io.sealward.gateway.config.AuditConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.table.AuditPruning;
import io.sealward.gateway.trail.Anchors;
import io.sealward.gateway.trail.Trail;
import io.sealward.gateway.trail.TrailSources;
import java.time.Clock;
import java.util.Optional;

/** What is kept of what happens beside the audit log itself: the trail in files, and of the log no more than is wanted. */
final class AuditKeeping implements AutoCloseable {
    private final Optional<Trail> trail;
    private final Optional<AuditPruning> pruning;

    private AuditKeeping(Optional<Trail> trail, Optional<AuditPruning> pruning) {
        this.trail = trail;
        this.pruning = pruning;
    }

    /**
     * With the registry's log.
     *
     * @throws IllegalStateException if the trail cannot be written
     */
    static AuditKeeping of(Registry registry, AuditConfig config, Events events, Metrics metrics) {
        Optional<Trail> trail = trail(config, registry.trailAnchors(), registry.audit(), events, metrics);
        return new AuditKeeping(
                trail,
                Optional.of(config.keepRows()).filter(keep -> !keep.isZero()).map(registry::pruneAudit));
    }

    /**
     * With a log that nothing keeps.
     *
     * @throws IllegalStateException if the trail cannot be written
     */
    static AuditKeeping of(AuditLog audit, AuditConfig config, Events events, Metrics metrics) {
        return new AuditKeeping(trail(config, Anchors.NONE, audit, events, metrics), Optional.empty());
    }

    private static Optional<Trail> trail(
            AuditConfig config, Anchors anchors, AuditLog audit, Events events, Metrics metrics) {
        Optional<Trail> trail = config.trail().map(settings -> Trail.start(settings, anchors, Clock.systemUTC()));
        trail.ifPresent(started -> {
            TrailSources.watch(started, events, audit);
            metrics.gauge(
                    "sealward.audit.trail.lost", "Events since the start that the audit trail lost.", started::lost);
        });
        return trail;
    }

    @Override
    public void close() {
        trail.ifPresent(Trail::close);
        pruning.ifPresent(AuditPruning::close);
    }
}
