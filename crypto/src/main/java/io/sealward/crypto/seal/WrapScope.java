package io.sealward.crypto.seal;

import java.util.Arrays;
import java.util.Optional;

/** How much one wrapping secret serves. Bound into the seal. */
public enum WrapScope {
    /** One object. */
    OBJECT("object"),
    /** The objects of a bucket for a window of time. */
    BUCKET("bucket");

    private final String token;

    WrapScope(String token) {
        this.token = token;
    }

    /** The word in the metadata. */
    public String token() {
        return token;
    }

    static Optional<WrapScope> ofToken(String token) {
        return Arrays.stream(values())
                .filter(value -> value.token.equals(token))
                .findFirst();
    }
}
