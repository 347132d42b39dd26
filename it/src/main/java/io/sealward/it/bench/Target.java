package io.sealward.it.bench;

import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** A server under load. */
record Target(String name, ChildJvm process) {
    private static final ByteBuffer NO_BODY = ByteBuffer.allocateDirect(0);
    private static final ByteBuffer CONTENT = ByteBuffer.allocateDirect(Cell.SIZES.get(Cell.SIZES.size() - 1));

    /** What one connection did. */
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    private record Run(long[] nanos, long elapsedNanos) {}

    /** Puts the objects that will be read. */
    void prepare() throws IOException {
        try (LoadConnection connection = LoadConnection.open(process.port())) {
            for (int bytes : Cell.SIZES) {
                ByteBuffer head = connection.head(HttpMethod.PUT, Cell.keptPath(name, bytes), bytes, Map.of());
                connection.send(head, CONTENT.slice(0, bytes));
                connection.receive(connection.receiveHead(), piece -> {});
            }
        }
    }

    /** Loads it for a while, and for at least one operation on each connection. */
    Sample run(Cell cell, Duration atLeast) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(cell.connections());
        List<LoadConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < cell.connections(); i++) {
                connections.add(LoadConnection.open(process.port()));
            }
            Duration before = process.processorTime();
            List<Future<Run>> runs = new ArrayList<>();
            for (LoadConnection connection : connections) {
                runs.add(threads.submit(() -> run(connection, cell, atLeast.toNanos())));
            }
            List<Run> done = new ArrayList<>();
            for (Future<Run> run : runs) {
                done.add(run.get());
            }
            return sample(cell, done, process.processorTime().minus(before));
        } catch (ExecutionException e) {
            throw new IOException(name + ", " + cell + ": " + e.getCause().getMessage(), e);
        } finally {
            threads.shutdownNow();
            for (LoadConnection connection : connections) {
                connection.close();
            }
        }
    }

    private Run run(LoadConnection connection, Cell cell, long atLeastNanos) throws IOException {
        boolean put = cell.verb() == Cell.Verb.PUT;
        ByteBuffer head = put
                ? connection.head(HttpMethod.PUT, "/" + NullStore.FORGOTTEN + "/object", cell.bytes(), Map.of())
                : connection.head(HttpMethod.GET, Cell.keptPath(name, cell.bytes()), 0, Map.of());
        ByteBuffer body = put ? CONTENT.slice(0, cell.bytes()) : NO_BODY;
        LongStream.Builder nanos = LongStream.builder();
        long begun = System.nanoTime();
        long now = begun;
        do {
            long start = now;
            connection.send(head, body);
            long length = connection.receiveHead();
            if (!put && length < cell.bytes()) {
                throw new IOException("a short answer");
            }
            connection.receive(length, piece -> {});
            now = System.nanoTime();
            nanos.add(now - start);
        } while (now - begun < atLeastNanos);
        return new Run(nanos.build().toArray(), now - begun);
    }

    /** Throughput is the sum over the connections, each by its own time: the last ones run on alone at the end. */
    private static Sample sample(Cell cell, List<Run> runs, Duration processorTime) {
        long[] nanos = runs.stream()
                .flatMapToLong(run -> Arrays.stream(run.nanos()))
                .sorted()
                .toArray();
        double bytesPerSecond = runs.stream()
                .mapToDouble(run -> 1e9 * run.nanos().length * cell.bytes() / run.elapsedNanos())
                .sum();
        return new Sample(
                nanos.length,
                bytesPerSecond,
                nanos[nanos.length / 2] / 1e3,
                nanos[(int) (nanos.length * 99L / 100)] / 1e3,
                processorTime.toNanos() / 1e9,
                (long) nanos.length * cell.bytes());
    }
}
