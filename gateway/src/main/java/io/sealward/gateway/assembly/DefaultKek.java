package io.sealward.gateway.assembly;

import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.tenant.Keks;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;

/** The KEK of the gateway's own keystore, for projects without an external key. */
record DefaultKek(LocalKeystore keystore, Keks.Registered registered) implements AutoCloseable {

    /** @throws IllegalStateException if the keystore cannot be opened */
    static DefaultKek open(LocalKekConfig config) {
        try {
            LocalKeystore keystore = LocalKeystore.open(
                    config.keystore(), config.password().value().toCharArray());
            return new DefaultKek(keystore, new Keks.Registered(config.key(), keystore.kek(config.key())));
        } catch (LocalKeystoreException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        registered.kek().close();
        keystore.close();
    }
}
