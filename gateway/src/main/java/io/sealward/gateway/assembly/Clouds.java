package io.sealward.gateway.assembly;

import io.sealward.gateway.config.CloudsConfig;
import io.sealward.providers.KekOpener;
import io.sealward.providers.OpenersByType;
import io.sealward.providers.local.LocalKek;
import io.sealward.providers.local.LocalOpener;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's ways to its tenants' keys.
 *
 * @param owned what is closed with this
 */
record Clouds(KekOpener opener, KekOpener owned) implements AutoCloseable {
    /** Nothing is asked of any cloud yet. */
    static Clouds open(CloudsConfig config, Optional<DefaultKek> local) {
        Map<String, KekOpener> openers = new HashMap<>();
        local.ifPresent(kek -> openers.put(LocalKek.PROVIDER, new LocalOpener(kek.keystore())));
        config.setups().forEach((type, setup) -> {
            try {
                openers.put(type, setup.connect());
            } catch (IllegalArgumentException e) {
                openers.values().forEach(KekOpener::close);
                throw new IllegalStateException("clouds." + type + ": " + e.getMessage(), e);
            }
        });
        KekOpener all = new OpenersByType(openers);
        return new Clouds(all, all);
    }

    /** KEKs opened in another way, which stays its owner's to close. */
    static Clouds of(KekOpener opener) {
        return new Clouds(opener, new OpenersByType(Map.of()));
    }

    @Override
    public void close() {
        owned.close();
    }
}
