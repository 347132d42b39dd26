package io.sealward.providers.local;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a keystore says of one key.
 *
 * @param name 1 to 64 letters, digits, dots, dashes and underscores
 * @param enabled whether the key may be used at all
 * @param versions those that can still unwrap, the last of which wraps; empty once all are destroyed
 */
public record LocalKey(String name, boolean enabled, SortedSet<Integer> versions) {
    public LocalKey {
        versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }
}
