package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** Another tenant's client: writes and reads a small object in turn, without retries, on connections kept and new. */
final class WellBehaved implements AutoCloseable {
    private static final String BUCKET = "well-behaved";
    private static final int BYTES = 5000;
    private static final int ROUNDS_PER_CONNECTION = 20;

    private final S3Target target;
    private S3Client client;
    private int rounds;

    WellBehaved(S3Target target) {
        this.target = target;
        this.client = connect();
        client.createBucket(r -> r.bucket(BUCKET));
    }

    /**
     * What it met.
     *
     * @param nanos that each request took that was answered well, in order of length
     */
    record Seen(List<Long> nanos, List<String> errors) {
        /** Both together. */
        Seen and(Seen other) {
            return new Seen(
                    Stream.concat(nanos.stream(), other.nanos.stream()).sorted().toList(),
                    Stream.concat(errors.stream(), other.errors.stream()).toList());
        }

        /** So long, or less, took so many of 100; forever if none was answered. */
        long percentile(int percent) {
            return nanos.isEmpty() ? Long.MAX_VALUE : nanos.get((nanos.size() - 1) * percent / 100);
        }
    }

    /** Works until told to stop. */
    Seen work(BooleanSupplier goOn) {
        List<Long> nanos = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        byte[] content = new byte[BYTES];
        while (goOn.getAsBoolean()) {
            Arrays.fill(content, (byte) ++rounds);
            timed(
                    nanos,
                    errors,
                    () -> client.putObject(r -> r.bucket(BUCKET).key("k"), RequestBody.fromBytes(content)));
            timed(nanos, errors, () -> {
                byte[] read =
                        client.getObjectAsBytes(r -> r.bucket(BUCKET).key("k")).asByteArray();
                if (!Arrays.equals(read, content)) {
                    errors.add("read other bytes than it wrote");
                }
            });
            if (rounds % ROUNDS_PER_CONNECTION == 0) {
                rest();
            }
        }
        return new Seen(nanos.stream().sorted().toList(), errors);
    }

    private static void timed(List<Long> nanos, List<String> errors, Runnable request) {
        long begun = System.nanoTime();
        try {
            request.run();
            nanos.add(System.nanoTime() - begun);
        } catch (SdkException e) {
            errors.add(e.getMessage());
        }
    }

    /** Leaves no connection open until it works again. */
    void rest() {
        client.close();
        client = connect();
    }

    private S3Client connect() {
        return SdkClients.builder(target)
                .overrideConfiguration(
                        o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    @Override
    public void close() {
        client.close();
    }
}
