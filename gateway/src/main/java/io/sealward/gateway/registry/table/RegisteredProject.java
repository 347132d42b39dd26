package io.sealward.gateway.registry.table;

import io.sealward.gateway.tenant.Project;
import java.util.OptionalLong;

/**
 * A project and what only administrators care about.
 *
 * @param createdAt Unix time in seconds
 * @param archivedAt Unix time in seconds; empty while the project is active
 */
public record RegisteredProject(Project project, String name, long createdAt, OptionalLong archivedAt) {
    public boolean isActive() {
        return archivedAt.isEmpty();
    }
}
