package io.sealward.gateway.monitor;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps clients that go on asking for a withdrawn key from filling the audit log: of what one key denies one project for
 * one use there is at most one event a minute, which says how many denials it stands for. Thread-safe.
 */
final class Denials {
    private static final long WINDOW_MILLIS = 60_000;

    private record Subject(String externalKeyId, Project project, AuditEvent.Use use) {}

    /** Since when there has been no event, and what was denied since. */
    private record Window(long startMillis, long count, KmsException last, Actor actor) {
        boolean over(long now) {
            return now - startMillis >= WINDOW_MILLIS;
        }
    }

    private final Audit audit;
    private final Clock clock;
    private final Map<Subject, Window> windows = new ConcurrentHashMap<>();

    Denials(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    void add(String externalKeyId, Project project, AuditEvent.Use use, KmsException denial, Actor actor) {
        long now = clock.millis();
        windows.compute(new Subject(externalKeyId, project, use), (subject, window) -> {
            if (window != null && !window.over(now)) {
                return new Window(window.startMillis(), window.count() + 1, denial, actor);
            }
            return told(subject, new Window(now, window == null ? 1 : window.count() + 1, denial, actor));
        });
    }

    /** Tells of what waits to be counted with others: of that whose minute is over, or of all. */
    void tell(boolean all) {
        long now = clock.millis();
        for (Subject subject : windows.keySet()) {
            windows.computeIfPresent(subject, (same, window) -> {
                if (!all && !window.over(now)) {
                    return window;
                }
                return window.count() == 0
                        ? null
                        : told(same, new Window(now, window.count(), window.last(), window.actor()));
            });
        }
    }

    private Window told(Subject subject, Window window) {
        Project project = subject.project();
        audit.record(
                project.organizationId(),
                window.actor(),
                new AuditEvent.KeyUseDenied(
                        subject.externalKeyId(),
                        Optional.of(project.id()),
                        subject.use(),
                        window.last().error(),
                        window.last().getMessage(),
                        window.count()));
        return new Window(window.startMillis(), 0, window.last(), window.actor());
    }
}
