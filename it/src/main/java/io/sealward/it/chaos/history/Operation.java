package io.sealward.it.chaos.history;

/**
 * One request of a client, from when it was sent to when it was answered, by one clock.
 *
 * @param returned {@link Long#MAX_VALUE} if nobody knows what became of it
 */
public record Operation(String key, Action action, Outcome outcome, long invoked, long returned) {
    /** What is known of its effect. */
    public enum Outcome {
        DONE,
        /** The condition did not hold, and nothing was changed. */
        CONDITION_FAILED,
        /** It has taken effect, takes effect later, or never does. */
        UNKNOWN
    }

    public Operation {
        if (outcome == Outcome.UNKNOWN) {
            returned = Long.MAX_VALUE;
        }
        if (returned < invoked) {
            throw new IllegalArgumentException("it was answered before it was sent");
        }
    }
}
