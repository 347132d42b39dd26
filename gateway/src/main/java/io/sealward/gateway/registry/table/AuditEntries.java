package io.sealward.gateway.registry.table;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEntry;
import io.sealward.gateway.audit.AuditSink;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.JsonColumn;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.PagedQuery;
import io.sealward.gateway.registry.database.RegistryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The audit log's table. */
public final class AuditEntries implements AuditSink {
    private static final String COLUMNS =
            "id, organization_id, effective_at, type, project_id, actor_type, actor_id, resource_id, details";
    private static final int MAX_RESOURCE_LENGTH = 1024;

    private static final PagedQuery<Stored> PAGES = new PagedQuery<>("audit_log", "id", COLUMNS, AuditEntries::row);

    private final Database database;

    public AuditEntries(Database database) {
        this.database = database;
    }

    /**
     * An entry as it was written, whichever version wrote it.
     *
     * @param effectiveAt Unix time in seconds
     */
    public record Stored(
            String id,
            long effectiveAt,
            String type,
            Optional<String> projectId,
            String actorType,
            String actorId,
            String resourceId,
            Map<String, Object> details) {}

    /**
     * What to show; an empty list does not restrict.
     *
     * @param effectiveAt bounds by operator, one of {@code gt, gte, lt, lte}; Unix time in seconds
     */
    public record Filter(
            Map<String, Long> effectiveAt,
            List<String> projectIds,
            List<String> eventTypes,
            List<String> actorIds,
            List<String> resourceIds) {}

    @Override
    public void write(List<AuditEntry> entries) {
        try {
            database.append(handle -> insert(handle, entries));
        } catch (RegistryException e) {
            throw e.reason() == RegistryException.Reason.REFUSED ? new IllegalArgumentException(e.getMessage(), e) : e;
        }
    }

    /** An entry that is there already was stored by an attempt whose acknowledgement was lost. */
    private static int[] insert(Handle handle, List<AuditEntry> entries) {

        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO audit_log (" + COLUMNS
                + ") VALUES (:id, :organization, :effectiveAt, :type, :project, :actorType, :actor, :resource,"
                + " :details) ON CONFLICT DO NOTHING")) {
            for (AuditEntry entry : entries) {
                String resource = entry.event().resourceId();
                batch.bind("id", entry.id())
                        .bind("organization", entry.organizationId())
                        .bind("effectiveAt", entry.effectiveAt())
                        .bind("type", entry.event().type())
                        .bind("project", entry.event().projectId())
                        .bind("actorType", label(entry.actor()))
                        .bind("actor", entry.actor().id())
                        .bind("resource", resource.substring(0, Math.min(MAX_RESOURCE_LENGTH, resource.length())))
                        .bind("details", JsonColumn.write(entry.event().details()))
                        .add();
            }
            return batch.execute();
        }
    }

    /** Newest first is {@link Page.Order#DESC}. */
    public Page<Stored> list(String organizationId, Filter filter, Page.Request request) {
        StringJoiner where = new StringJoiner(" AND ").add("organization_id = :organization");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("organization", organizationId);
        filter.effectiveAt().forEach((operator, seconds) -> {
            where.add("effective_at " + comparison(operator) + " :" + operator);
            parameters.put(operator, seconds);
        });
        oneOf("project_id", filter.projectIds(), where, parameters);
        oneOf("type", filter.eventTypes(), where, parameters);
        oneOf("actor_id", filter.actorIds(), where, parameters);
        oneOf("resource_id", filter.resourceIds(), where, parameters);
        return database.read(handle -> PAGES.run(handle, where.toString(), parameters, request));
    }

    private static void oneOf(
            String column, Collection<String> values, StringJoiner where, Map<String, Object> parameters) {
        if (!values.isEmpty()) {
            where.add(column + " IN (<" + column + "s>)");
            parameters.put(column + "s", List.copyOf(values));
        }
    }

    private static String comparison(String operator) {
        return switch (operator) {
            case "gt" -> ">";
            case "gte" -> ">=";
            case "lt" -> "<";
            case "lte" -> "<=";
            default -> throw new IllegalArgumentException("no such comparison: " + operator);
        };
    }

    private static String label(Actor actor) {
        if (actor instanceof Actor.AdminKey) {
            return "api_key";
        }
        if (actor instanceof Actor.S3Client) {
            return "s3_client";
        }
        return actor instanceof Actor.ProjectClient ? "project" : "gateway";
    }

    private static Stored row(ResultSet rs, StatementContext context) throws SQLException {
        return new Stored(
                rs.getString("id"),
                rs.getLong("effective_at"),
                rs.getString("type"),
                Optional.ofNullable(rs.getString("project_id")),
                rs.getString("actor_type"),
                rs.getString("actor_id"),
                rs.getString("resource_id"),
                JsonColumn.read(rs.getString("details")));
    }
}
