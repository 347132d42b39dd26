package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import software.amazon.awssdk.services.s3.S3Client;

/** When all is quiet again after an attack: the gateway has nobody to serve, and the store answers as it did at first. */
final class Stillness implements AutoCloseable {
    private static final int TRIES = 20;
    private static final int AS_BEFORE = 3;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final GatewayProcess gateway;
    private final S3Client store;
    private final long usualNanos;

    /** Takes the store as it is now for quiet. */
    Stillness(GatewayProcess gateway, S3Target store) {
        this.gateway = gateway;
        this.store = SdkClients.sync(store);
        answer(); // connects, and compiles
        this.usualNanos = answer();
    }

    /**
     * Waits for it.
     *
     * @throws IOException if it does not come
     */
    void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!gateway.idle() || answer() > AS_BEFORE * usualNanos) {
            if (System.nanoTime() > end) {
                throw new IOException("there is no quiet after the attack");
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** The median of some small requests. */
    private long answer() {
        return LongStream.generate(() -> {
                    long begun = System.nanoTime();
                    store.listBuckets();
                    return System.nanoTime() - begun;
                })
                .limit(TRIES)
                .sorted()
                .skip(TRIES / 2)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        store.close();
    }
}
