package io.sealward.it.client;

import io.sealward.it.store.EmbeddedS3Proxy;
import io.sealward.it.store.S3Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract against the bare store, by the clients it is complete enough for: what fails here says nothing about the gateway. */
@ParameterizedClass
@EnumSource(names = {"SYNC", "MINIO"})
class DirectClientsTest extends ClientContract {
    private static EmbeddedS3Proxy store;

    @BeforeAll
    static void start() {
        store = EmbeddedS3Proxy.inMemory();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Override
    S3Target target() {
        return store.target();
    }
}
