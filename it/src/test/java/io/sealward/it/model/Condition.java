package io.sealward.it.model;

import java.util.Optional;

/** A condition on what is there. */
enum Condition {
    NONE,
    IF_ABSENT,
    IF_CURRENT,
    IF_OTHER;

    private static final String OTHER = "\"no-such-etag\"";

    /** The {@code If-Match} to send. */
    Optional<String> ifMatch(Optional<Model.Version> current) {
        return switch (this) {
            case IF_CURRENT -> Optional.of(current.map(Model.Version::etag).orElse(OTHER));
            case IF_OTHER -> Optional.of(OTHER);
            case NONE, IF_ABSENT -> Optional.empty();
        };
    }

    /** What becomes of a write. */
    int ofWrite(Optional<Model.Version> current) {
        return switch (this) {
            case NONE -> 200;
            case IF_ABSENT -> current.isPresent() ? 412 : 200;
            case IF_CURRENT -> current.isPresent() ? 200 : 404;
            case IF_OTHER -> current.isPresent() ? 412 : 404;
        };
    }
}
