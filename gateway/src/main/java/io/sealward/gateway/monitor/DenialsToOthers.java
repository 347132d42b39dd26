package io.sealward.gateway.monitor;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.registry.table.KeyDenials;

/** Has the gateways on one registry hear of the keys that are denied to this one. */
public final class DenialsToOthers {
    private DenialsToOthers() {}

    /** From now on. Nothing that it does on the thread of an event blocks. */
    public static void watch(Events events, KeyDenials denials) {
        events.when(KekCalled.class, called -> {
            if (called.failure().isEmpty()) {
                denials.granted(called.kek().externalKeyId());
            } else if (called.failure().get().error().withdrawn()) {
                denials.denied(called.kek().externalKeyId());
            }
        });
        events.when(KeyStands.class, stands -> {
            if (stands.state().status() == KeyState.Status.ACTIVE) {
                denials.granted(stands.key().externalKeyId());
            } else if (stands.state().status().withdrawn()) {
                denials.denied(stands.key().externalKeyId());
            }
        });
    }
}
