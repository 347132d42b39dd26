package io.sealward.it.chaos.history;

import java.util.Optional;

/** What a client asked of a key, and what the answer says of its value. Values are names of contents; empty is a key that does not exist. */
public sealed interface Action {
    /** Whether it can take effect, if this is the value. */
    boolean fits(Optional<String> value);

    /** The value when it has taken effect. */
    Optional<String> after(Optional<String> value);

    /** A PUT without conditions, a copy, or the end of an upload in parts. */
    record Write(String value) implements Action {
        @Override
        public boolean fits(Optional<String> before) {
            return true;
        }

        @Override
        public Optional<String> after(Optional<String> before) {
            return Optional.of(value);
        }
    }

    /** A PUT of what must hold something else before: {@code If-None-Match: *} where that is nothing, else {@code If-Match}. */
    record WriteIf(String value, Optional<String> expected) implements Action {
        @Override
        public boolean fits(Optional<String> before) {
            return before.equals(expected);
        }

        @Override
        public Optional<String> after(Optional<String> before) {
            return Optional.of(value);
        }
    }

    /** A deletion, also of what does not exist. */
    record Delete() implements Action {
        @Override
        public boolean fits(Optional<String> before) {
            return true;
        }

        @Override
        public Optional<String> after(Optional<String> before) {
            return Optional.empty();
        }
    }

    /** A read that was answered. */
    record Read(Optional<String> found) implements Action {
        @Override
        public boolean fits(Optional<String> before) {
            return before.equals(found);
        }

        @Override
        public Optional<String> after(Optional<String> before) {
            return before;
        }
    }
}
