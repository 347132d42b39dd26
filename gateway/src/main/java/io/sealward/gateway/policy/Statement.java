package io.sealward.gateway.policy;

import java.util.BitSet;
import java.util.List;

/**
 * What a policy allows, or denies.
 *
 * @param actions by {@link Actions#index}
 * @param conditions all of which must hold
 */
record Statement(boolean allows, BitSet actions, Resources resources, List<Condition> conditions) {
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
}
