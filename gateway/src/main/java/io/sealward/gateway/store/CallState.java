package io.sealward.gateway.store;

/**
 * How far one call of the store is.
 *
 * <pre>
 *                        the request is being written        is whole
 *
 *   no answer yet        WRITING ---------finish-----------> AWAITING
 *                           | head                              | head
 *   an answer has begun  ANSWERED_EARLY --finish-----------> ANSWERING
 *                           | last piece                        | last piece
 *   is whole             ENDED_EARLY -----finish-----------> WHOLE
 *
 *   any but WHOLE --given up, broken, or not admitted any more--> BROKEN
 * </pre>
 *
 * WHOLE gives the connection back for another call, BROKEN ends it.
 */
enum CallState {
    WRITING,
    AWAITING,
    ANSWERED_EARLY,
    ANSWERING,
    ENDED_EARLY,
    WHOLE,
    BROKEN;

    /** Whether more of the request is to be written. */
    boolean writing() {
        return this == WRITING || this == ANSWERED_EARLY || this == ENDED_EARLY;
    }

    /** Whether the head of the answer is still to come. */
    boolean unanswered() {
        return this == WRITING || this == AWAITING;
    }

    /** For good. */
    boolean over() {
        return this == WHOLE || this == BROKEN;
    }

    /** After the end of the request. */
    CallState written() {
        return switch (this) {
            case WRITING -> AWAITING;
            case ANSWERED_EARLY -> ANSWERING;
            case ENDED_EARLY -> WHOLE;
            case AWAITING, ANSWERING, WHOLE, BROKEN -> this;
        };
    }

    /** After the head of the answer. */
    CallState answered() {
        return switch (this) {
            case WRITING -> ANSWERED_EARLY;
            case AWAITING -> ANSWERING;
            case ANSWERED_EARLY, ANSWERING, ENDED_EARLY, WHOLE, BROKEN -> this;
        };
    }

    /** After the last piece of the answer. */
    CallState ended() {
        return switch (this) {
            case ANSWERED_EARLY -> ENDED_EARLY;
            case ANSWERING -> WHOLE;
            case WRITING, AWAITING, ENDED_EARLY, WHOLE, BROKEN -> this;
        };
    }
}
