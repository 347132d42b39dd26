package io.sealward.gateway.management;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.registry.AdminKey;
import java.util.Map;

/**
 * A request that found its route and whose sender is known.
 *
 * @param path the values of the route's placeholders
 */
record Call(AdminKey caller, Map<String, String> path, QueryParameters query, JsonBody body) {
    String organizationId() {
        return caller.organizationId();
    }

    Actor actor() {
        return new Actor.AdminKey(caller.id());
    }

    String id(String placeholder) {
        return path.get(placeholder);
    }

    /** To be called when all that the operation knows has been read. */
    void rejectOthers() {
        query.rejectOthers();
        body.rejectOthers();
    }
}
