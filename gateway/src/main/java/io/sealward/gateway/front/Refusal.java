package io.sealward.gateway.front;

/** Why a client was turned away, or cut, for want of room. */
public enum Refusal {
    /** There are as many connections as there may be. */
    CONNECTIONS,
    /** There are as many connections from one address as there may be. */
    ADDRESS,
    /** The project holds its share of the memory for requests under way. */
    SHARE,
    /** The project's other requests to the store have kept it waiting too long. */
    STORE,
    /** Memory ran out, which the bounds above are there to prevent. */
    MEMORY
}
