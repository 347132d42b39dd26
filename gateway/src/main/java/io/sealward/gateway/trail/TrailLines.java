package io.sealward.gateway.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealward.gateway.config.TrailConfig;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines that are about to be written, and where the trail will stand behind them. For one thread. */
final class TrailLines {
    /** In ASCII: half a surrogate pair, as somebody may name something, has no bytes in UTF-8. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final TrailConfig.Objects objects;
    private final TrailKey key;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Link end;

    /** @param end where the trail stands */
    TrailLines(Link end, TrailConfig.Objects objects, TrailKey key) {
        this.end = end;
        this.objects = objects;
        this.key = key;
    }

    void add(TrailEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("n", end.number() + 1);
        members.put("time", event.time().toString());
        members.put("type", event.type());
        members.putAll(event.fields());
        event.object().ifPresent(object -> {
            switch (objects) {
                case NAME -> members.put("object", object.key().orElse("sha256:" + object.digest()));
                case HASH -> members.put("object", key.standIn(object.bucket(), object.digest()));
                case NONE -> {}
            }
        });
        byte[] json = json(members);
        byte[] body = Arrays.copyOf(json, json.length - 1); // the brace comes behind the chain
        end = end.after(body);
        end.write(body, bytes);
    }

    private static byte[] json(Map<String, Object> members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings, numbers and maps
        }
    }

    Link end() {
        return end;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
