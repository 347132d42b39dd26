package io.sealward.gateway.management.http;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.registry.table.AdminKey;
import java.util.Map;

/**
 * A request that found its route and whose sender is known.
 *
 * @param path the values of the route's placeholders
 */
public record Call(AdminKey caller, Map<String, String> path, QueryParameters query, JsonBody body) {
    public String organizationId() {
        return caller.organizationId();
    }

    public Actor actor() {
        return new Actor.AdminKey(caller.id());
    }

    public String id(String placeholder) {
        return path.get(placeholder);
    }

    /** To be called when all that the operation knows has been read. */
    public void rejectOthers() {
        query.rejectOthers();
        body.rejectOthers();
    }
}
