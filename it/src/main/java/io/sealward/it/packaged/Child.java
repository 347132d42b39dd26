package io.sealward.it.packaged;

import java.util.concurrent.TimeUnit;

/** A process of ours. Closing it asks it to end, and insists after some seconds. */
record Child(Process process) implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
