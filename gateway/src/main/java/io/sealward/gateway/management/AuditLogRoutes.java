package io.sealward.gateway.management;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.gateway.management.http.ApiResponse;
import io.sealward.gateway.management.http.Call;
import io.sealward.gateway.management.http.ListEnvelope;
import io.sealward.gateway.management.http.QueryParameters;
import io.sealward.gateway.management.http.Route;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.AuditEntries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The organization's own audit log, newest first. */
final class AuditLogRoutes {
    private static final List<String> COMPARISONS = List.of("gt", "gte", "lt", "lte");
    /** The end of the year 9999. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final AuditEntries entries;

    AuditLogRoutes(AuditEntries entries) {
        this.entries = entries;
    }

    List<Route> routes() {
        return List.of(Route.of("GET", "/v1/organization/audit_logs", this::list));
    }

    private ApiResponse list(Call call) {
        QueryParameters query = call.query();
        AuditEntries.Filter filter = filter(query);
        boolean byEmail = !query.texts("actor_emails").isEmpty();
        QueryParameters.Unordered page = query.page(1);
        Optional<String> before = query.text("before");
        call.rejectOthers();
        if (before.isPresent() && page.after().isPresent()) {
            throw ApiException.invalid("before", "invalid_value", "Only one of 'after' and 'before' can be given.");
        }
        if (byEmail) {
            // Nobody acts by e-mail here, so nothing matches.
            return ListEnvelope.empty();
        }
        return ListEnvelope.of(
                before.isPresent()
                        ? newerThan(before, page.limit(), call, filter)
                        : entries.list(call.organizationId(), filter, page.in(Page.Order.DESC)),
                AuditLogRoutes::object);
    }

    private static AuditEntries.Filter filter(QueryParameters query) {
        Map<String, Long> effectiveAt = new LinkedHashMap<>();
        for (String comparison : COMPARISONS) {
            query.integer("effective_at[" + comparison + "]", 0, MAX_SECONDS)
                    .ifPresent(seconds -> effectiveAt.put(comparison, seconds));
        }
        return new AuditEntries.Filter(
                effectiveAt,
                query.texts("project_ids"),
                query.texts("event_types"),
                query.texts("actor_ids"),
                query.texts("resource_ids"));
    }

    /** The page that ends right before an entry. */
    private Page<AuditEntries.Stored> newerThan(Optional<String> id, int limit, Call call, AuditEntries.Filter filter) {
        Page<AuditEntries.Stored> page =
                entries.list(call.organizationId(), filter, new Page.Request(id, limit, Page.Order.ASC));
        List<AuditEntries.Stored> newestFirst = new ArrayList<>(page.data());
        Collections.reverse(newestFirst);
        return new Page<>(newestFirst, page.hasMore());
    }

    private static Map<String, Object> object(AuditEntries.Stored entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", entry.id());
        object.put("type", entry.type());
        object.put("effective_at", entry.effectiveAt());
        entry.projectId().ifPresent(id -> object.put("project", Map.of("id", id)));
        Map<String, Object> actor = new LinkedHashMap<>();
        actor.put("type", entry.actorType());
        actor.put(entry.actorType(), Map.of("id", entry.actorId()));
        object.put("actor", actor);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", entry.resourceId());
        details.putAll(entry.details());
        object.put(entry.type(), details);
        return object;
    }
}
