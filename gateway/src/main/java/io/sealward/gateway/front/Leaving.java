package io.sealward.gateway.front;

import java.util.ArrayList;
import java.util.List;

/** Who is to hear that nobody waits for an exchange any more. On the event loop of the exchange. */
final class Leaving {
    private final List<Runnable> waiting = new ArrayList<>(1);
    private boolean left;

    /** Has {@code gone} run once, at once if nobody waits already. */
    void whenLeft(Runnable gone) {
        if (left) {
            gone.run();
        } else {
            waiting.add(gone);
        }
    }

    void over() {
        left = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }
}
