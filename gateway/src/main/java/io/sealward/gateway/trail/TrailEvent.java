package io.sealward.gateway.trail;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a line tells.
 *
 * @param fields strings, numbers, and maps of them; immutable
 */
record TrailEvent(Instant time, String type, Map<String, Object> fields, Optional<ObjectName> object) {
    /**
     * Which object it was for.
     *
     * @param digest SHA-256 of the key, in hex
     * @param key empty where nobody knows it any more
     */
    record ObjectName(String bucket, String digest, Optional<String> key) {}

    static TrailEvent of(Instant time, String type, Map<String, Object> fields) {
        return new TrailEvent(time, type, fields, Optional.empty());
    }
}
