package io.sealward.gateway.registry;

import io.sealward.gateway.policy.Policy;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads policies, but none again that the load before has read: one that has not changed stays the same object, by which
 * requests under way know it. Not thread-safe.
 */
final class ParsedPolicies {
    private record Written(String text, String username) {}

    private Map<Written, Policy> before = Map.of();
    private Map<Written, Policy> now = Map.of();

    /** A new load begins, and what the one before has not asked for is forgotten. */
    void begin() {
        before = now;
        now = new HashMap<>();
    }

    /** @throws io.sealward.gateway.policy.MalformedPolicyException of one that another version of the gateway understands */
    Policy parse(String text, String username) {
        Written written = new Written(text, username);
        Policy known = before.get(written);
        Policy policy = known == null ? Policy.parse(text, username) : known;
        now.put(written, policy);
        return policy;
    }
}
