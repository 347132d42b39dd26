package io.sealward.gateway.loopback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps requests waiting for as long as it is told to, and then lets another script answer them. */
public final class HeldStore implements LoopbackStore.Script {
    private final LoopbackStore.Script behind;
    private Predicate<String> held = request -> false;
    private final List<String> waiting = new ArrayList<>();

    public HeldStore(LoopbackStore.Script behind) {
        this.behind = behind;
    }

    /** From now on those wait whose method and target the condition names, when their heads have come. */
    public synchronized void hold(Predicate<String> which) {
        held = which;
        notifyAll();
    }

    /** Nothing waits any more. */
    public void release() {
        hold(request -> false);
    }

    /** Method and target of those that wait. */
    public synchronized List<String> waiting() {
        return List.copyOf(waiting);
    }

    @Override
    public void answer(LoopbackStore.Call call) throws IOException {
        String request = call.method() + " " + call.target();
        try {
            await(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        behind.answer(call);
    }

    private synchronized void await(String request) throws InterruptedException {
        if (held.test(request)) {
            waiting.add(request);
            while (held.test(request)) {
                wait();
            }
            waiting.remove(request);
        }
    }
}
