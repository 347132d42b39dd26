package io.sealward.gateway.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.assembly.Settings;
import io.sealward.gateway.assembly.Transport;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.gateway.sigv4.RequestSigner;
import io.sealward.gateway.store.StoreCall;
import io.sealward.gateway.store.StoreClient;
import io.sealward.gateway.store.StoreRequest;
import io.sealward.gateway.tenant.StoreCredential;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tries on objects of its own what a store does that no document tells: with writes that break off, and with keys that end
 * in {@code /}. Takes some seconds, and takes away what it made.
 */
final class StoreProbe {
    private static final byte[] NONE = {};
    private static final byte[] OLD = "as it was".getBytes(UTF_8);
    private static final String PREFIX = "sealward-probe-";
    private static final String META = "x-amz-meta-sealward-probe";
    private static final int NEW_BYTES = 256 << 10;
    private static final int LIMIT_BYTES = NEW_BYTES + (64 << 10);

    /** What a store may still make of a connection that has ended. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final StoreConfig config;
    private final StoreClient client;
    private final EventLoop loop;
    private final String bucket;

    private StoreProbe(StoreConfig config, StoreClient client, EventLoop loop, String bucket) {
        this.config = config;
        this.client = client;
        this.loop = loop;
        this.bucket = bucket;
    }

    /** Where a write breaks off. */
    private enum Cut {
        BEFORE_ITS_FIRST_BYTE(0),
        IN_THE_MIDDLE(NEW_BYTES / 2),
        BEFORE_ITS_LAST_BYTE(NEW_BYTES - 1);

        private final int sent;

        Cut(int sent) {
            this.sent = sent;
        }

        String key() {
            return PREFIX + "cut-" + sent;
        }
    }

    /** @param given of a bucket to write into; without one a bucket is made and removed */
    static void run(StoreConfig config, Optional<String> given, Consumer<Finding> report) {
        Transport transport = Transport.start();
        try {
            EventLoop loop = (EventLoop) transport.loops().iterator().next();
            StoreCredential own = Settings.credential(config);
            RequestSigner signer =
                    new RequestSigner(own.accessKeyId(), own.secretAccessKey(), config.region(), Clock.systemUTC());
            StoreClient client = CompletableFuture.supplyAsync(
                            () -> StoreClient.of(Settings.store(config), loop, transport.store(), signer), loop)
                    .join();
            new StoreProbe(config, client, loop, given.orElse(PREFIX + UUID.randomUUID())).run(given.isEmpty(), report);
        } catch (ExecutionException e) {
            report.accept(
                    Finding.wrong("store probe", String.valueOf(e.getCause().getMessage())));
        } catch (TimeoutException e) {
            report.accept(Finding.wrong("store probe", "the store did not answer in time"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report.accept(Finding.wrong("store probe", "was interrupted"));
        } catch (IllegalStateException e) {
            report.accept(Finding.wrong("store probe", e.getMessage()));
        } finally {
            transport.stop();
        }
    }

    private void run(boolean ownBucket, Consumer<Finding> report)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (ownBucket) {
            require(send(StoreRequest.ofBucket(HttpMethod.PUT, bucket), NONE), "make the bucket " + bucket);
        }
        try {
            report.accept(brokenWrites());
            report.accept(folderKeys());
        } finally {
            for (Cut cut : Cut.values()) {
                send(StoreRequest.of(HttpMethod.DELETE, bucket, cut.key()), NONE);
            }
            send(StoreRequest.of(HttpMethod.DELETE, bucket, folder()), NONE);
            if (ownBucket) {
                require(send(StoreRequest.ofBucket(HttpMethod.DELETE, bucket), NONE), "remove the bucket " + bucket);
            }
        }
    }

    private static String folder() {
        return PREFIX + "folder/";
    }

    private Finding brokenWrites() throws ExecutionException, InterruptedException, TimeoutException {
        Map<Cut, String> left = new EnumMap<>(Cut.class);
        for (Cut cut : Cut.values()) {
            require(send(StoreRequest.of(HttpMethod.PUT, bucket, cut.key()), OLD), "write into " + bucket);
            breakOff(cut);
        }
        long end = System.nanoTime() + SETTLING.toNanos();
        while (System.nanoTime() < end && left.size() < Cut.values().length) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            for (Cut cut : Cut.values()) {
                StoreClient.Collected found = send(StoreRequest.of(HttpMethod.GET, bucket, cut.key()), NONE);
                if (!Arrays.equals(found.body(), OLD)) {
                    left.put(cut, found.response().successful() ? found.body().length + " bytes" : "nothing");
                }
            }
        }
        String subject = "writes that break off";
        String early = left.remove(Cut.BEFORE_ITS_FIRST_BYTE);
        if (!left.isEmpty()) {
            return Finding.wrong(
                    subject,
                    "an upload that breaks off destroys the object that was there: " + left
                            + " is left. Keep to another store, or switch versioning on in its buckets.");
        }
        return early == null
                ? Finding.well(subject + " change nothing")
                : Finding.well(subject + " change nothing once a byte was sent; before the first, " + early
                        + " is left. The gateway begins none before it has bytes to send");
    }

    /** Sends the head and a part of the body, and closes the connection. */
    private void breakOff(Cut cut) throws ExecutionException, InterruptedException, TimeoutException {
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, bucket, cut.key()).contentLength(NEW_BYTES);
        StoreCall call = on(() -> client.send(put));
        on(() -> {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            call.write(Unpooled.wrappedBuffer(new byte[cut.sent]));
            loop.schedule( // what was written has left by then
                    () -> {
                        call.hangUp(); // the harder case: some stores take an early end for the end
                        closed.complete(null);
                    },
                    PAUSE.toMillis(),
                    TimeUnit.MILLISECONDS);
            return closed;
        });
    }

    private Finding folderKeys() throws ExecutionException, InterruptedException, TimeoutException {
        StoreRequest put = StoreRequest.of(HttpMethod.PUT, bucket, folder()).header(META, "kept");
        require(send(put, OLD), "write " + folder());
        StoreClient.Collected head = send(StoreRequest.of(HttpMethod.HEAD, bucket, folder()), NONE);
        boolean body =
                Integer.toString(OLD.length).equals(head.response().headers().get(HttpHeaderNames.CONTENT_LENGTH));
        boolean metadata = "kept".equals(head.response().headers().get(META));
        boolean whole = head.response().successful() && body && metadata;
        String subject = "keys that end in /";
        if (config.folderKeys() == StoreConfig.FolderKeys.OBJECTS && !whole) {
            return Finding.wrong(
                    subject, "the store does not keep what is written under them. Set store.folder-keys to markers.");
        }
        String kept = whole ? "are kept whole" : metadata ? "lose their body" : "lose their body and metadata";
        return Finding.well(subject + " " + kept + "; store.folder-keys is "
                + config.folderKeys().name().toLowerCase(java.util.Locale.ROOT));
    }

    private static void require(StoreClient.Collected answer, String what) {
        if (!answer.response().successful()) {
            throw new IllegalStateException("the store does not let the gateway " + what + ": "
                    + answer.response().status());
        }
    }

    private StoreClient.Collected send(StoreRequest request, byte[] body)
            throws ExecutionException, InterruptedException, TimeoutException {
        return on(() -> client.exchange(request, body, LIMIT_BYTES));
    }

    private <T> T on(Supplier<CompletionStage<T>> call)
            throws ExecutionException, InterruptedException, TimeoutException {
        return CompletableFuture.supplyAsync(call, loop)
                .thenCompose(stage -> stage)
                .get(config.connectTimeout().plus(config.responseTimeout()).toMillis(), TimeUnit.MILLISECONDS);
    }
}
