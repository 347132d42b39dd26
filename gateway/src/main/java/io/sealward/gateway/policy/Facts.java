package io.sealward.gateway.policy;

import java.util.Optional;

/** What is known of a request before anything is carried out: what conditions are held against. */
@FunctionalInterface
public interface Facts {
    /** The request's one value of a key; empty where it has none. */
    Optional<String> value(ConditionKey key);

    /** The value of a tag that the object has; empty where it has none, or the action does not depend on tags. */
    default Optional<String> tag(String name) {
        return Optional.empty();
    }
}
