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
 *   WRITING, AWAITING --no more can be sent--> CUT --head of a refusal--> ANSWERING
 *
 *   any but WHOLE --given up, broken, or not admitted any more--> BROKEN
 * </pre>
 *
 * WHOLE gives the connection back for another call, BROKEN ends it.
 */
enum CallState {
    WRITING,
    AWAITING,
    CUT,
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
        return this == WRITING || this == AWAITING || this == CUT;
    }

    /** Whether more of the answer is to come, of which the head has. */
    boolean answering() {
        return this == ANSWERED_EARLY || this == ANSWERING;
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
            case AWAITING, CUT, ANSWERING, WHOLE, BROKEN -> this;
        };
    }

    /** When no more of the request can be sent. */
    CallState cut() {
        return switch (this) {
            case WRITING, AWAITING -> CUT;
            case ANSWERED_EARLY -> ANSWERING;
            case CUT, ANSWERING, ENDED_EARLY, WHOLE, BROKEN -> this;
        };
    }

    /** After the head of the answer. */
    CallState answered() {
        return switch (this) {
            case WRITING -> ANSWERED_EARLY;
            case AWAITING, CUT -> ANSWERING;
            case ANSWERED_EARLY, ANSWERING, ENDED_EARLY, WHOLE, BROKEN -> this;
        };
    }

    /** After the last piece of the answer. */
    CallState ended() {
        return switch (this) {
            case ANSWERED_EARLY -> ENDED_EARLY;
            case ANSWERING -> WHOLE;
            case WRITING, AWAITING, CUT, ENDED_EARLY, WHOLE, BROKEN -> this;
        };
    }
}
