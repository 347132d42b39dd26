package io.sealward.it.chaos.withdrawal;

import io.sealward.it.store.SdkClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The clients of both tenants, each with a thread of its own and none with retries, at work until it is closed. */
final class Load implements AutoCloseable {
    private static final String SMALL = "chaos/small";
    private static final String LARGE = "chaos/large";
    private static final int SMALL_BYTES = 64 << 10;
    private static final int PART_BYTES = 5 << 20;
    private static final int PARTS = 2;
    private static final int KEYS_OF_A_WRITER = 8;
    private static final long PAUSE_MILLIS = 100;
    private static final Duration CALL = Duration.ofSeconds(90);

    private final Side tenant;
    private final Side other;
    private final Ledger ledger;
    private final WrittenObjects written = new WrittenObjects();
    private final KnownContent content = new KnownContent(1, PART_BYTES);
    private final S3Client client;
    private final S3Client otherClient;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "chaos-client");
        thread.setDaemon(true);
        return thread;
    });

    private interface Client {
        void workOnce() throws InterruptedException;
    }

    private Load(Side tenant, Side other, Ledger ledger) {
        this.tenant = tenant;
        this.other = other;
        this.ledger = ledger;
        this.client = client(tenant);
        this.otherClient = client(other);
    }

    /** Writes what is read, and sets the clients to work. */
    static Load start(Side tenant, Side other, LoadPlan plan, Ledger ledger) {
        Load load = new Load(tenant, other, ledger);
        load.prepare(plan.largeBytes());
        for (int i = 0; i < plan.readers(); i++) {
            load.read(Role.HOT_READ, tenant, SMALL, Reader.Pace.FAST);
        }
        for (int i = 0; i < plan.downloads(); i++) {
            load.read(Role.DOWNLOAD, tenant, LARGE, Reader.Pace.SLOW);
        }
        for (int i = 0; i < plan.writers(); i++) {
            load.write(i);
        }
        load.again(load::upload);
        load.again(load::list);
        for (int i = 0; i < plan.others(); i++) {
            load.read(Role.OTHER_READ, other, SMALL, Reader.Pace.FAST);
        }
        load.again(load::writeOther);
        return load;
    }

    private static S3Client client(Side side) {
        return SdkClients.builder(side.target())
                .overrideConfiguration(
                        o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()).apiCallTimeout(CALL))
                .build();
    }

    private void prepare(long largeBytes) {
        RequestBody small = RequestBody.fromBytes(content.first(SMALL_BYTES));
        client.putObject(r -> r.bucket(tenant.bucket()).key(SMALL), small);
        otherClient.putObject(r -> r.bucket(other.bucket()).key(SMALL), small);
        client.putObject(
                r -> r.bucket(tenant.bucket()).key(LARGE), RequestBody.fromInputStream(content.stream(), largeBytes));
    }

    private void read(Role role, Side side, String key, Reader.Pace pace) {
        Reader reader = new Reader(side.target(), ledger, pace);
        again(() -> ledger.ended(reader.read(role, side.bucket(), key, content)));
    }

    private void write(int writer) {
        int[] round = {0};
        again(() -> {
            String key = "chaos/written/" + writer + "/" + round[0]++ % KEYS_OF_A_WRITER;
            put(key, new KnownContent(31L * round[0] + writer, SMALL_BYTES));
        });
    }

    private void put(String key, KnownContent fresh) {
        written.tried(key, fresh, SMALL_BYTES);
        if (timed(
                Role.WRITE,
                () -> client.putObject(
                        r -> r.bucket(tenant.bucket()).key(key), RequestBody.fromBytes(fresh.first(SMALL_BYTES))))) {
            written.acknowledged(key, fresh);
        }
    }

    private void writeOther() {
        RequestBody body = RequestBody.fromBytes(content.first(SMALL_BYTES));
        timed(
                Role.OTHER_WRITE,
                () -> otherClient.putObject(r -> r.bucket(other.bucket()).key("chaos/written"), body));
    }

    private void upload() throws InterruptedException {
        String[] id = {""};
        String key = "chaos/uploaded";
        KnownContent fresh = new KnownContent(System.nanoTime(), SMALL_BYTES);
        if (!timed(
                Role.MULTIPART,
                () -> id[0] = client.createMultipartUpload(
                                r -> r.bucket(tenant.bucket()).key(key))
                        .uploadId())) {
            return;
        }
        String[] etags = new String[PARTS];
        for (int part = 0; part < PARTS; part++) {
            int number = part + 1;
            if (!timed(
                    Role.MULTIPART,
                    () -> etags[number - 1] = client.uploadPart(
                                    r -> r.bucket(tenant.bucket())
                                            .key(key)
                                            .uploadId(id[0])
                                            .partNumber(number),
                                    RequestBody.fromInputStream(fresh.stream(), PART_BYTES))
                            .eTag())) {
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        written.tried(key, fresh, PART_BYTES * PARTS);
        if (timed(
                Role.MULTIPART,
                () -> client.completeMultipartUpload(r -> r.bucket(tenant.bucket())
                        .key(key)
                        .uploadId(id[0])
                        .multipartUpload(m -> m.parts(completed(etags)))))) {
            written.acknowledged(key, fresh);
        }
    }

    private static List<CompletedPart> completed(String[] etags) {
        return IntStream.range(0, etags.length)
                .mapToObj(part -> CompletedPart.builder()
                        .partNumber(part + 1)
                        .eTag(etags[part])
                        .build())
                .toList();
    }

    private void list() {
        timed(
                Role.LIST,
                () -> client.listObjectsV2(r -> r.bucket(tenant.bucket()).prefix("chaos/")));
    }

    private boolean timed(Role role, Runnable call) {
        long began = System.nanoTime();
        int status = 200;
        try {
            call.run();
        } catch (SdkServiceException refused) {
            status = refused.statusCode();
        } catch (SdkException broken) {
            status = 0;
        }
        ledger.ended(new Request(role, began, System.nanoTime(), status, status != 0));
        return status == 200;
    }

    private void again(Client work) {
        threads.execute(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    work.workOnce();
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException cutOff) {
                if (!threads.isShutdown()) {
                    throw cutOff;
                }
            }
        });
    }

    /** Ends the clients, and counts the acknowledged writes that do not read back as they were written. */
    int endAndCountLost() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(CALL.toSeconds(), TimeUnit.SECONDS);
        try (S3Client patient = SdkClients.sync(tenant.target())) {
            return written.lost(key -> read(patient, key));
        }
    }

    private Optional<byte[]> read(S3Client patient, String key) {
        try {
            return Optional.of(
                    patient.getObjectAsBytes(r -> r.bucket(tenant.bucket()).key(key))
                            .asByteArray());
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
        otherClient.close();
    }
}
