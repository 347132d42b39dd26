package io.sealward.gateway.store;

import io.sealward.gateway.event.Event;

/** A read that the store had failed is sent to it once more. */
public record StoreRepeated(Cause cause) implements Event {
    /** What became of it the first time. */
    public enum Cause {
        /** The connection ended before the answer began. */
        BROKEN,
        /** The store answered that it could not. */
        FAILED
    }
}
