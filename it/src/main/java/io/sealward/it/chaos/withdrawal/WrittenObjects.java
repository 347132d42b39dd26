package io.sealward.it.chaos.withdrawal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What each key must hold: the last write that was acknowledged, or one since whose outcome nobody knows. Thread-safe. */
final class WrittenObjects {
    private final Map<String, List<KnownContent>> possible = new HashMap<>();
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Integer> sizes = new HashMap<>();

    /** A write is tried; each key has one writer and one size. */
    synchronized void tried(String key, KnownContent content, int bytes) {
        sizes.put(key, bytes);
        possible.computeIfAbsent(key, first -> new ArrayList<>()).add(content);
    }

    synchronized void acknowledged(String key, KnownContent content) {
        possible.put(key, new ArrayList<>(List.of(content)));
        acknowledged.add(key);
    }

    /**
     * Counts the keys that do not hold what they must.
     *
     * @param read the content of a key; empty if it has none
     */
    synchronized int lost(Function<String, Optional<byte[]>> read) {
        int lost = 0;
        for (String key : acknowledged) {
            Optional<byte[]> found = read.apply(key);
            boolean kept = found.filter(bytes -> bytes.length == sizes.get(key))
                    .filter(bytes -> possible.get(key).stream().anyMatch(one -> one.matches(bytes, bytes.length, 0)))
                    .isPresent();
            lost += kept ? 0 : 1;
        }
        return lost;
    }
}
