package io.sealward.gateway.monitor;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Writes denied uses of keys to the audit log, at most one event a minute for each key, project and use, with the number of
 * denials that it stands for: so a client that goes on asking for a withdrawn key does not fill the log. Thread-safe.
 */
final class DenialAudit {
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

    DenialAudit(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** Counts one denial. The first of a minute is written at once, the others with the next event. */
    void add(String externalKeyId, Project project, AuditEvent.Use use, KmsException denial, Actor actor) {
        long now = clock.millis();
        windows.compute(new Subject(externalKeyId, project, use), (subject, window) -> {
            if (window != null && !window.over(now)) {
                return new Window(window.startMillis(), window.count() + 1, denial, actor);
            }
            return told(subject, new Window(now, window == null ? 1 : window.count() + 1, denial, actor));
        });
    }

    /** Writes what was only counted so far and whose minute is over. Called once a minute. */
    void tellWhatIsDue() {
        long now = clock.millis();
        tell(now, window -> window.over(now));
    }

    /** Writes all that was only counted so far. Called when the gateway stops. */
    void tellAll() {
        tell(clock.millis(), window -> true);
    }

    private void tell(long now, Predicate<Window> due) {
        for (Subject subject : windows.keySet()) {
            windows.computeIfPresent(subject, (same, window) -> {
                if (!due.test(window)) {
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
                AuditEvent.keyUseDenied(
                        subject.externalKeyId(), project.id(), subject.use(), window.last(), window.count()));
        return new Window(window.startMillis(), 0, window.last(), window.actor());
    }
}
