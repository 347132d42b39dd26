package io.sealward.gateway.audit;

/** Where events are handed in. */
@FunctionalInterface
public interface Audit {
    /** Takes the event and returns at once; called on event loops. */
    void record(String organizationId, Actor actor, AuditEvent event);
}
