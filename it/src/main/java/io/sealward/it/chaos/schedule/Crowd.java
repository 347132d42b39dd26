package io.sealward.it.chaos.schedule;

import io.sealward.it.chaos.history.Linearizability;
import io.sealward.it.chaos.history.Operation;
import io.sealward.it.store.S3Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The clients of a schedule, all that they saw, and whether it makes sense. */
final class Crowd {
    static final int CLIENTS = 3;

    private static final int PATIENCE = 600;
    private static final long PAUSE_MILLIS = 50;

    private final Plot plot;
    private final Queue<Operation> history = new ConcurrentLinkedQueue<>();

    Crowd(Plot plot) {
        this.plot = plot;
    }

    /** One of them, or one who reads behind them. */
    Client client(S3Target gateway) {
        return new Client(gateway, history);
    }

    /** Writes the source of copies. */
    void prepare(S3Target gateway) {
        try (Client first = client(gateway)) {
            first.write(plot.source(), plot.sourceName());
        }
    }

    /** Each works on a thread of its own; returns when all have. */
    void work(IntConsumer work) {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                            .mapToObj(client -> CompletableFuture.runAsync(() -> work.accept(client), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            threads.shutdown();
        }
    }

    /** What is wrong when all is well again: every key must be answered for, soon and as the history allows. */
    List<String> wrong(S3Target gateway) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        List<String> keys =
                Stream.concat(Stream.of(plot.source()), plot.keys().stream()).toList();
        try (Client reader = client(gateway)) {
            for (String key : keys) {
                int tries = 1;
                while (!reader.read(key) && tries < PATIENCE) {
                    tries++;
                    Thread.sleep(PAUSE_MILLIS);
                }
                if (tries == PATIENCE) {
                    wrong.add(key + " cannot be read");
                }
            }
        }
        Linearizability.anomalies(List.copyOf(history))
                .forEach(key -> wrong.add("no order explains what clients saw of " + key + ": "
                        + history.stream().filter(one -> one.key().equals(key)).toList()));
        return wrong;
    }
}
