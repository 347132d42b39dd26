package io.sealward.gateway.policy;

import java.util.BitSet;
import java.util.List;

/**
 * What a policy allows, or denies.
 *
 * @param principals whom
 * @param actions by {@link Actions#index}
 * @param conditions all of which must hold
 */
record Statement(
        boolean allows, Principals principals, BitSet actions, Resources resources, List<Condition> conditions) {
    Statement {
        conditions = List.copyOf(conditions);
    }

    boolean speaksOf(int action, String resource, Facts facts) {
        if (!actions.get(action) || !resources.hold(resource)) {
            return false;
        }
        for (Condition condition : conditions) {
            if (!condition.holds(facts)) {
                return false;
            }
        }
        return true;
    }

    int effort() {
        return resources.effort()
                + conditions.stream().mapToInt(Condition::effort).sum();
    }

    /** Whether it depends on the tags of the object that the action is on. */
    boolean asksForTags() {
        return conditions.stream().anyMatch(Condition::ofTag);
    }
}
