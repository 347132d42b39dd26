package io.sealward.gateway.notice;

import io.sealward.gateway.event.Event;

/** A notice was delivered to one address, or is given up. */
public record NoticeEnded(Outcome outcome) implements Event {
    /** What became of it. */
    public enum Outcome {
        DELIVERED,
        /** It was tried until its time was over, or the gateway ended. */
        GIVEN_UP,
        /** Too many waited before it. */
        NO_ROOM
    }
}
