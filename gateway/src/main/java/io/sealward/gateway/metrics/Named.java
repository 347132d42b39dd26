package io.sealward.gateway.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds how many values a label has: those that come first are named, whatever comes later is {@code other}. Thread-safe.
 */
public final class Named {
    private static final String OTHER = "other";

    private final int most;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** @param most how many are named */
    public Named(int most) {
        this.most = most;
    }

    /** The value itself, or {@code other}. */
    public String of(String value) {
        return names.contains(value) || joins(value) ? value : OTHER;
    }

    private boolean joins(String value) {
        if (names.size() >= most) { // asked without a lock first: it stays so
            return false;
        }
        synchronized (this) {
            if (names.size() < most) {
                names.add(value);
            }
        }
        return names.contains(value);
    }
}
