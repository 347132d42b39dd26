package io.sealward.gateway.policy;

/** What a policy says of an action on a resource. What is not {@link #ALLOWED} is refused. */
public enum Decision {
    /** A statement allows it, and none denies it. */
    ALLOWED,
    /** A statement denies it, whatever others say. */
    DENIED,
    /** No statement speaks of it. */
    UNSAID
}
