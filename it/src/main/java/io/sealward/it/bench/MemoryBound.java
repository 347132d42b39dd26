package io.sealward.it.bench;

import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.tenant.KeyMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Uploads that the store does not take and downloads that the client does not take, all at once, through a gateway with
 * 128 MiB of heap and 128 MiB of direct memory. When nothing moves any more, both sides go on, and every stream must end
 * with the right bytes.
 */
@Command(
        name = "memory-bound",
        mixinStandardHelpOptions = true,
        description =
                "Runs uploads and slow readers at once through a gateway with 256 MiB, and tells its peak of memory.")
final class MemoryBound implements Callable<Integer> {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocateDirect(0);
    private static final int PIECE_BYTES = 256 << 10;
    private static final long QUIET_MILLIS = 1000;

    @Option(names = "--streams", defaultValue = "64", description = "Uploads, and as many readers.")
    private int streams;

    @Option(names = "--mib", defaultValue = "1024", description = "MiB of each object.")
    private long mib;

    public static void main(String[] args) {
        System.exit(new picocli.CommandLine(new MemoryBound()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        Outcome outcome = run(streams, mib << 20);
        System.out.printf(
                "%d uploads and %d slow readers of %d MiB in %.0f s: peak of heap %.1f MiB, of direct memory %.1f MiB; "
                        + "%.1f MiB were on their way at each upload that the store held%n",
                streams,
                streams,
                mib,
                (System.nanoTime() - begun) / 1e9,
                mebibytes(outcome.heapBytes()),
                mebibytes(outcome.directBytes()),
                mebibytes(outcome.takenWhileHeld()) / streams);
        return 0;
    }

    private static double mebibytes(long bytes) {
        return bytes / (double) (1 << 20);
    }

    /**
     * How it went; every stream ended well.
     *
     * @param heapBytes the gateway's peak, garbage included
     * @param directBytes the gateway's peak
     * @param takenWhileHeld bytes of all uploads that left the clients while the store took none
     */
    record Outcome(long heapBytes, long directBytes, long takenWhileHeld) {}

    /**
     * Runs the streams to their end.
     *
     * @throws ExecutionException if one failed, or brought other bytes
     */
    static Outcome run(int streams, long objectBytes) throws IOException, InterruptedException, ExecutionException {
        StreamContent content = new StreamContent(objectBytes);
        List<String> memory = List.of("-Xmx128m", "-XX:MaxDirectMemorySize=128m");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ChildJvm store = ChildJvm.start(List.of("-Xmx128m"), NullStore.class);
                ChildJvm gateway = ChildJvm.start(
                        memory, BenchGateway.class, KeyMode.PER_OBJECT.name(), Integer.toString(store.port()))) {
            AtomicLong uploaded = new AtomicLong();
            String kept = "/" + NullStore.KEPT + "/object";
            upload(gateway.port(), kept, content, new AtomicLong());

            AtomicLong moved = new AtomicLong();
            CountDownLatch goOn = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                String held = "/" + NullStore.HELD + "/object-" + i;
                running.add(threads.submit(() -> upload(gateway.port(), held, content, uploaded)));
                running.add(threads.submit(() -> read(gateway.port(), kept, content, moved, goOn)));
            }
            awaitQuiet(() -> uploaded.get() + moved.get());
            long takenWhileHeld = uploaded.get();
            release(store.port());
            goOn.countDown();
            for (Future<?> stream : running) {
                stream.get();
            }
            String[] peaks = gateway.ask("peak").split(" ", -1);
            return new Outcome(Long.parseLong(peaks[0]), Long.parseLong(peaks[1]), takenWhileHeld);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The gateway holds the bytes against the checksum in the head. */
    private static Void upload(int port, String path, StreamContent content, AtomicLong sent) throws IOException {
        try (LoadConnection connection = LoadConnection.open(port)) {
            connection.send(
                    connection.head(
                            HttpMethod.PUT,
                            path,
                            content.length(),
                            Map.of("x-amz-checksum-crc32c", content.crc32cBase64())),
                    NO_BODY);
            for (long at = 0; at < content.length(); ) {
                ByteBuffer piece = content.piece(at, PIECE_BYTES);
                connection.send(piece);
                at += piece.remaining();
                sent.addAndGet(piece.remaining());
            }
            connection.receive(connection.receiveHead(), answer -> {});
        }
        return null;
    }

    /** Reads a first piece, and the rest when it may. */
    private static Void read(int port, String path, StreamContent content, AtomicLong begun, CountDownLatch goOn)
            throws IOException, InterruptedException {
        CRC32C crc = new CRC32C();
        try (LoadConnection connection = LoadConnection.open(port)) {
            connection.send(connection.head(HttpMethod.GET, path, 0, Map.of()), NO_BODY);
            long length = connection.receiveHead();
            long first = Math.min(length, PIECE_BYTES);
            connection.receive(first, crc::update);
            begun.addAndGet(first);
            goOn.await();
            connection.receive(length - first, crc::update);
        }
        if (crc.getValue() != content.crc32c()) {
            throw new IOException("a reader got other bytes");
        }
        return null;
    }

    /** Waits until something has moved, and nothing does any more. */
    private static void awaitQuiet(java.util.function.LongSupplier moved) throws InterruptedException {
        long before = 0;
        while (true) {
            Thread.sleep(QUIET_MILLIS);
            long now = moved.getAsLong();
            if (now == before && now > 0) {
                return;
            }
            before = now;
        }
    }

    private static void release(int storePort) throws IOException {
        try (LoadConnection connection = LoadConnection.open(storePort)) {
            connection.send(connection.head(HttpMethod.POST, NullStore.RELEASE, 0, Map.of()), NO_BODY);
            connection.receive(connection.receiveHead(), answer -> {});
        }
    }
}
