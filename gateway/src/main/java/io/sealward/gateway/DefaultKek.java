package io.sealward.gateway;

import io.sealward.gateway.config.LocalKekConfig;
import io.sealward.gateway.tenant.Keks;
import io.sealward.providers.local.LocalKeystore;
import io.sealward.providers.local.LocalKeystoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The KEK of the gateway's own keystore, for projects without an external key. */
record DefaultKek(LocalKeystore keystore, ExecutorService executor, Keks.Registered registered)
        implements AutoCloseable {
    private static final int THREADS = 4;

    /** @throws IllegalStateException if the keystore can not be opened */
    static DefaultKek open(LocalKekConfig config) {
        try {
            LocalKeystore keystore = LocalKeystore.open(
                    config.keystore(), config.password().value().toCharArray());
            ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "sealward-local-kek");
                thread.setDaemon(true);
                return thread;
            });
            return new DefaultKek(
                    keystore, executor, new Keks.Registered(config.key(), keystore.kek(config.key(), executor)));
        } catch (LocalKeystoreException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        keystore.close();
    }
}
