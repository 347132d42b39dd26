package io.sealward.gateway.audit;

import static java.util.Objects.requireNonNull;

/**
 * One line of the log.
 *
 * @param id {@code audit_log-...}
 * @param effectiveAt Unix time in seconds
 */
public record AuditEntry(String id, long effectiveAt, String organizationId, Actor actor, AuditEvent event) {
    public AuditEntry {
        requireNonNull(id, "id");
        requireNonNull(organizationId, "organizationId");
        requireNonNull(actor, "actor");
        requireNonNull(event, "event");
    }
}
