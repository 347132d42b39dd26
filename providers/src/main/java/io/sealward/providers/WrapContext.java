package io.sealward.providers;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a wrapped secret belongs to, as names and values. AWS carries it as the encryption context, Google Cloud as AAD
 * over {@link #canonicalBytes()}, and Azure, which has neither, as SHA-256 of the same bytes inside the plaintext. It is
 * visible to the tenant in its cloud's logs, so it holds no secret and no object key in clear.
 *
 * @param entries not empty; immutable, in the order of their names
 */
public record WrapContext(SortedMap<String, String> entries) {
    public WrapContext {
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a wrap without a context would open anywhere");
        }
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public static WrapContext of(Map<String, String> entries) {
        return new WrapContext(new TreeMap<>(entries));
    }

    /**
     * Each name and value in order, as UTF-8 behind its length in four bytes, big-endian: no two contexts of well-formed
     * Unicode collide.
     */
    public byte[] canonicalBytes() {
        return CanonicalContext.encode(entries);
    }
}
