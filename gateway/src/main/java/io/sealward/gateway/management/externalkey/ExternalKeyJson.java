package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.registry.table.ExternalKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    /** How it stands with this gateway; unknown if nobody has asked its KMS yet. */
    static Map<String, Object> health(ExternalKey key, Optional<KeyState> state) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("object", "organization.external_key.health");
        health.put("id", key.id());
        health.put("organization_id", key.organizationId());
        health.put("name", key.name());
        health.put("type", key.spec().type());
        health.put(
                "status",
                state.map(known -> known.status().name().toLowerCase(Locale.ROOT))
                        .orElse("unknown"));
        health.put("since", state.map(known -> known.since().getEpochSecond()).orElse(null));
        health.put(
                "checked_at",
                state.map(known -> known.checkedAt().getEpochSecond()).orElse(null));
        health.put(
                "reason",
                state.map(KeyState::reason).filter(reason -> !reason.isEmpty()).orElse(null));
        return health;
    }
}
