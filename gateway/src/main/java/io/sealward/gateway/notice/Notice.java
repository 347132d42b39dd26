package io.sealward.gateway.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.key.KeyChanged;
import io.sealward.gateway.key.KeyState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * A change as a CloudEvent in JSON, one line without its end. Source: CloudEvents 1.0.2, JSON Event Format 1.0.2.
 *
 * @param id the same in each attempt to deliver it
 */
record Notice(String id, Instant time, String json) {
    static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    private static final String TYPE = "io.sealward.external_key.state_changed";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param source the gateway that has seen it */
    static Notice of(KeyChanged changed, String source) {
        KeyState now = changed.now();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("organization_id", changed.key().organizationId());
        data.put("external_key_id", changed.key().externalKeyId());
        data.put("provider", changed.key().provider());
        data.put("state", lower(now.status()));
        data.put("before", changed.before().map(Notice::lower).orElse("unknown"));
        data.put("since", now.since().getEpochSecond());
        data.put("checked_at", now.checkedAt().getEpochSecond());
        data.put("reason", now.reason());
        String id = UUID.randomUUID().toString();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", source);
        event.put("type", TYPE);
        event.put("subject", changed.key().externalKeyId());
        event.put("time", now.checkedAt().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return new Notice(id, now.checkedAt(), written(event));
    }

    byte[] body() {
        return json.getBytes(UTF_8);
    }

    private static String lower(KeyState.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String written(Map<String, Object> event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and numbers
        }
    }
}
