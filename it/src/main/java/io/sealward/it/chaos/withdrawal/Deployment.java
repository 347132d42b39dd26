package io.sealward.it.chaos.withdrawal;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A gateway with two tenants, and the key of the first.
 *
 * @param name what it is, for the report
 * @param switches the ways to withdraw the key, which take turns
 * @param lastSealed when content of the tenant last arrived at the store, by {@link System#nanoTime}; empty where nobody sees that
 */
public record Deployment(
        String name,
        Side tenant,
        Side other,
        List<KeySwitch> switches,
        Bound bound,
        Supplier<OptionalLong> lastSealed) {
    public Deployment {
        switches = List.copyOf(switches);
    }
}
