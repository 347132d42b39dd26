package io.sealward.gateway.store;

import io.sealward.gateway.event.Events;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The turns of the requests that one {@link Asker} has made for one project. Those that wait end when it leaves. */
final class Turns {
    private final StorePlaces places;
    private final String project;
    private final Asker asker;
    private final Events events;
    private final Set<Turn> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean watched;

    Turns(StorePlaces places, String project, Asker asker, Events events) {
        this.places = places;
        this.project = project;
        this.asker = asker;
        this.events = events;
    }

    /** Asks for the place of a request. Whoever does closes it. */
    Turn of(StoreRequest request) {
        Turn turn = Turn.of(places, request, project, asker.eventLoop());
        if (turn.waiting()) {
            waiting.add(turn);
            long start = System.nanoTime();
            turn.came().whenComplete((came, failure) -> {
                waiting.remove(turn);
                events.tell(new StoreWaited(failure == null, System.nanoTime() - start));
            });
            if (!watched) {
                watched = true;
                asker.whenLeft(this::left);
            }
        }
        return turn;
    }

    private void left() {
        List.copyOf(waiting).forEach(turn -> turn.giveUp(new StoreException("nobody waits for it any more")));
        watched = false;
    }
}
