package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

/**
 * What becomes of an operation at the gateway, for those who read its documentation.
 *
 * @param remark what of it is served, in a few words
 */
public record Treatment(Kind kind, String remark) {
    /** In lower case, the words of the README. */
    public enum Kind {
        /** Content is sealed on its way in, or opened on its way out: the project's KEK is needed. */
        SEALED,
        /** The gateway answers in its own words, from what the store says and without a key. */
        ANSWERED,
        /** The store does it, asked by the gateway, and its answer is told. */
        FORWARDED
    }

    public Treatment {
        requireNonNull(kind, "kind");
        requireNonNull(remark, "remark");
    }

    public static Treatment sealed(String remark) {
        return new Treatment(Kind.SEALED, remark);
    }

    public static Treatment answered(String remark) {
        return new Treatment(Kind.ANSWERED, remark);
    }

    public static Treatment forwarded(String remark) {
        return new Treatment(Kind.FORWARDED, remark);
    }
}
