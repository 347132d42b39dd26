package io.sealward.gateway.trail;

import java.util.Optional;

/** Where the ends of trails are kept, out of reach of who can write to the files. Calls may block. */
public interface Anchors {
    /**
     * The end of a trail as it was told last.
     *
     * @param at Unix time in seconds
     */
    record Anchor(Link end, long at) {}

    /** Keeps nothing. */
    Anchors NONE = new Anchors() {
        @Override
        public void put(String trailId, Anchor anchor) {}

        @Override
        public Optional<Anchor> find(String trailId) {
            return Optional.empty();
        }
    };

    /** Keeps the end of a trail in place of the one before. */
    void put(String trailId, Anchor anchor);

    /** The end that was kept last. */
    Optional<Anchor> find(String trailId);
}
