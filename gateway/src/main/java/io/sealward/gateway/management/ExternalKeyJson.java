package io.sealward.gateway.management;

import io.sealward.gateway.registry.ExternalKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The published external key object. */
final class ExternalKeyJson {
    /** The only published purpose that concerns stored data. */
    static final String EKM = "ekm";

    private ExternalKeyJson() {}

    static Map<String, Object> object(ExternalKey key, List<String> projectIds) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", key.id());
        object.put("object", "organization.external_key");
        object.put("created_at", key.createdAt());
        object.put("api_project_ids", projectIds);
        object.put("workspace_id", null);
        object.put("name", key.name());
        object.put("purpose", EKM);
        object.put("type", key.spec().type());
        object.putAll(key.spec().fields());
        return object;
    }
}
