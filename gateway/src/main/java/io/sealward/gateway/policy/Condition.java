package io.sealward.gateway.policy;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a statement asks of a request.
 *
 * @param tag which one, where the key is {@link ConditionKey#EXISTING_OBJECT_TAG}
 * @param whenAbsent whether it holds where the request has no value of the key
 * @param confines whether it lets in some addresses only, as S3 has it
 * @param effort as {@link Wildcard#effort}
 */
record Condition(
        ConditionKey key,
        Optional<String> tag,
        Predicate<String> test,
        boolean whenAbsent,
        boolean confines,
        int effort) {
    boolean holds(Facts facts) {
        return tag.map(facts::tag)
                .orElseGet(() -> facts.value(key))
                .map(test::test)
                .orElse(whenAbsent);
    }

    boolean ofTag() {
        return tag.isPresent();
    }
}
