package io.sealward.it.demo;

import io.sealward.it.packaged.Resources;
import io.sealward.it.store.S3Target;

/** A stage and a tour of it. */
interface DemoKind {
    /**
     * Sets the stage and gives the tour; the gateway goes on serving until the resources are closed.
     *
     * @param port of the gateway
     * @return the gateway, as its clients see it
     * @throws Script.Unexpected if a step showed something else than it should
     */
    S3Target show(Resources resources, int port) throws Exception;
}
