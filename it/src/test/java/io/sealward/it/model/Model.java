package io.sealward.it.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What a bucket holds, by S3's own rules: of each key its versions, the newest last. */
final class Model {
    /**
     * One version of a key.
     *
     * @param id as the store gave it; empty in a bucket without versions
     * @param bytes empty of a delete marker
     * @param parts lengths of the parts it was uploaded in; empty if that is not for readers to know
     * @param etag as the writer was told it
     */
    record Version(String id, Optional<byte[]> bytes, List<Integer> parts, String etag, String note) {
        int size() {
            return bytes.orElseThrow().length;
        }
    }

    private final NavigableMap<String, List<Version>> keys = new TreeMap<>();

    /** The object that a reader finds. */
    Optional<Version> current(String key) {
        List<Version> versions = versions(key);
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.get(versions.size() - 1))
                        .filter(version -> version.bytes().isPresent());
    }

    List<Version> versions(String key) {
        return Collections.unmodifiableList(keys.getOrDefault(key, List.of()));
    }

    /** Keys with an object, in order. */
    List<String> keys() {
        return keys.keySet().stream().filter(key -> current(key).isPresent()).toList();
    }

    void put(String key, Version version) {
        List<Version> versions = keys.computeIfAbsent(key, k -> new ArrayList<>());
        if (version.id().isEmpty()) {
            versions.clear();
        }
        versions.add(version);
    }

    /** @param marker id of the delete marker; empty in a bucket without versions */
    void delete(String key, String marker) {
        if (marker.isEmpty()) {
            keys.remove(key);
        } else {
            put(key, new Version(marker, Optional.empty(), List.of(), "", ""));
        }
    }

    void deleteVersion(String key, String id) {
        keys.getOrDefault(key, List.of()).removeIf(version -> version.id().equals(id));
    }
}
