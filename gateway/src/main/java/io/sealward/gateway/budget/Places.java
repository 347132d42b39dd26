package io.sealward.gateway.budget;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * A bounded number of places that owners share, each of whom waits in a line of its own. The rule is that of {@link
 * Budget}: an owner may hold at most as many as are still free, but one in any case while there is one. A place that is
 * given back goes to the line of the owner who holds fewest, and of those to the one who has waited longest.
 *
 * <p>So an owner who floods waits behind himself, and another one's first request has its place at once, or, where many
 * owners hold all, the next that is given back. Whoever holds a place must not wait for another, nor for his owner.
 *
 * <p>Safe for use by several threads.
 */
public final class Places {
    private final int total;
    private final Map<String, Owner> owners = new HashMap<>();
    private int taken;
    private int waiting;
    private long asked;

    /** @param total how many there are */
    public Places(int total) {
        if (total < 1) {
            throw new IllegalArgumentException(total + " places");
        }
        this.total = total;
    }

    private enum State {
        WAITING,
        HELD,
        GIVEN_BACK
    }

    private static final class Owner {
        private final LinkedHashSet<Place> line = new LinkedHashSet<>();
        private int held;

        private long headSince() {
            return line.iterator().next().number;
        }
    }

    /**
     * Asks for a place, behind those of the owner that wait. Whoever asks closes it, whether it has come or not.
     *
     * @param whenHeld called once if the place does not come at once, by the thread that gives one back: it must only tell
     *     another, and may come when the place has just been closed
     */
    public Place ask(String owner, Runnable whenHeld) {
        synchronized (this) {
            Place place = new Place(owner, whenHeld, asked++);
            Owner of = owners.computeIfAbsent(owner, name -> new Owner());
            if (of.line.isEmpty() && fits(of)) {
                hold(of, place);
            } else {
                of.line.add(place);
                waiting++;
            }
            return place;
        }
    }

    /** Places that are held. */
    public synchronized int taken() {
        return taken;
    }

    /** Those who wait for one. */
    public synchronized int waiting() {
        return waiting;
    }

    private boolean fits(Owner owner) {
        int free = total - taken;
        return owner.held == 0 ? free > 0 : owner.held + 1 <= free - 1;
    }

    private void hold(Owner owner, Place place) {
        place.state = State.HELD;
        owner.held++;
        taken++;
    }

    private void close(Place place) {
        Queue<Place> called = new ArrayDeque<>();
        synchronized (this) {
            Owner owner = owners.get(place.owner);
            if (place.state == State.WAITING) {
                owner.line.remove(place);
                waiting--;
            } else if (place.state == State.HELD) {
                owner.held--;
                taken--;
            }
            place.state = State.GIVEN_BACK;
            if (owner != null && owner.held == 0 && owner.line.isEmpty()) {
                owners.remove(place.owner);
            }
            for (Optional<Place> next = next(); next.isPresent(); next = next()) {
                called.add(next.get());
            }
        }
        called.forEach(next -> next.whenHeld.run());
    }

    private Optional<Place> next() {
        if (waiting == 0) {
            return Optional.empty();
        }
        Owner first = owners.values().stream()
                .filter(owner -> !owner.line.isEmpty())
                .min(Comparator.<Owner>comparingInt(owner -> owner.held).thenComparingLong(Owner::headSince))
                .orElseThrow();
        if (!fits(first)) { // nor does any other
            return Optional.empty();
        }
        Place place = first.line.iterator().next();
        first.line.remove(place);
        waiting--;
        hold(first, place);
        return Optional.of(place);
    }

    /** One place, from when it was asked for until it is closed. Its state is guarded by the places. */
    public final class Place implements AutoCloseable {
        private final String owner;
        private final Runnable whenHeld;
        private final long number;
        private State state = State.WAITING;

        private Place(String owner, Runnable whenHeld, long number) {
            this.owner = owner;
            this.whenHeld = whenHeld;
            this.number = number;
        }

        /** Whether it has come, and was not given back. */
        public boolean held() {
            synchronized (Places.this) {
                return state == State.HELD;
            }
        }

        /** Gives it back, or leaves the line. Idempotent. */
        @Override
        public void close() {
            Places.this.close(this);
        }
    }
}
