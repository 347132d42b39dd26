package io.sealward.gateway.registry;

/** Lets a gateway look for what others have changed, as it would within a second. */
public final class Polls {
    private Polls() {}

    public static void poll(Registry registry) {
        registry.poll();
    }
}
