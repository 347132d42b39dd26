package io.sealward.gateway.policy;

import java.util.function.Predicate;

/**
 * What a statement asks of a request.
 *
 * @param whenAbsent whether it holds where the request has no value of the key
 * @param effort as {@link Wildcard#effort}
 */
record Condition(ConditionKey key, Predicate<String> test, boolean whenAbsent, int effort) {
    boolean holds(Facts facts) {
        return facts.value(key).map(test::test).orElse(whenAbsent);
    }
}
