package io.sealward.crypto.seal;

import java.util.Arrays;
import java.util.Optional;

/** How the parts of an object lie, as far as it is known when the object or its upload begins. Bound into the seal. */
public enum Layout {
    /** An empty object without a frame: for a store that keeps no body of some keys, such as those that end in {@code /}. */
    EMPTY("empty"),
    /** One PutObject. */
    SINGLE("single"),
    /** A multipart upload with parts of any lengths. */
    PARTS("parts"),
    /** A multipart upload whose parts are equal multiples of 64 KiB, bar the last, which is no longer than they are. */
    ALIGNED_PARTS("aligned");

    private final String token;

    Layout(String token) {
        this.token = token;
    }

    /** The word in the metadata. */
    public String token() {
        return token;
    }

    /** Whether objects of this layout are made by multipart uploads. */
    public boolean multipart() {
        return this == PARTS || this == ALIGNED_PARTS;
    }

    static Optional<Layout> ofToken(String token) {
        return Arrays.stream(values())
                .filter(value -> value.token.equals(token))
                .findFirst();
    }
}
