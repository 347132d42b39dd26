package io.sealward.it.chaos.schedule;

import io.sealward.it.chaos.history.Linearizability;
import io.sealward.it.chaos.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A few clients at a few keys, and what goes wrong meanwhile: all of it follows from a seed, but for the order in which threads of
 * a machine run.
 */
public final class Schedule {
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final List<Step> ORDINARY = List.of(
            Step.WRITE,
            Step.WRITE,
            Step.CREATE,
            Step.REPLACE,
            Step.DELETE,
            Step.UPLOAD,
            Step.COPY,
            Step.READ,
            Step.READ);
    private static final int CLIENTS = 3;
    private static final int STEPS = 5;
    private static final int KEYS = 2;
    private static final int MAX_FAULTS = 3;
    private static final int PATIENCE = 600;
    private static final long PAUSE_MILLIS = 50;
    private static final int[] SIZES = {64, 1000, 65_536, 70_000, 300_000};

    private final long seed;
    private final List<Planned> plan = new ArrayList<>();
    private final Queue<Operation> history = new ConcurrentLinkedQueue<>();
    private final AtomicInteger steps = new AtomicInteger();

    /** A fault that begins before a step of any client, and ends with all others before a later one. */
    private record Planned(int begins, int ends, Fault fault) {}

    private Schedule(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        int faults = 1 + random.nextInt(MAX_FAULTS);
        for (int i = 0; i < faults; i++) {
            Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
            int begins = random.nextInt(CLIENTS * STEPS);
            plan.add(new Planned(begins, begins + 1 + random.nextInt(STEPS), fault));
        }
    }

    static Schedule of(long seed) {
        return new Schedule(seed);
    }

    /** What is wrong after it; nothing if all held. */
    List<String> run(World world) throws InterruptedException {
        String source = key("source");
        String sourceName = name(CLIENTS, 0, 1000);
        try (Client first = new Client(world.project(), history)) {
            first.write(source, sourceName);
        }
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                            .mapToObj(client ->
                                    CompletableFuture.runAsync(() -> work(world, client, source, sourceName), clients))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            clients.shutdown();
        }
        world.heal();
        List<String> wrong = new ArrayList<>(readBack(world, List.of(source, key("k0"), key("k1"))));
        Linearizability.anomalies(List.copyOf(history))
                .forEach(key -> wrong.add("no order explains what clients saw of " + key + ": "
                        + history.stream().filter(one -> one.key().equals(key)).toList()));
        wrong.addAll(Remains.of(world, key("")));
        return wrong;
    }

    @Override
    public String toString() {
        return "seed " + seed + " " + plan;
    }

    private void work(World world, int client, String source, String sourceName) {
        Random random = new Random(seed * CLIENTS + client);
        Optional<String> mine = Optional.empty();
        Optional<String> etag = Optional.empty();
        try (Client one = new Client(world.project(), history)) {
            for (int i = 0; i < STEPS; i++) {
                Optional<Fault> ofClient = change(world, steps.getAndIncrement());
                String key = key("k" + random.nextInt(KEYS));
                String name = name(client, i, SIZES[random.nextInt(SIZES.length)]);
                switch (ofClient.isPresent() ? Step.FAIL : ORDINARY.get(random.nextInt(ORDINARY.size()))) {
                    case WRITE -> {
                        etag = one.write(key, name);
                        mine = Optional.of(name);
                    }
                    case CREATE -> one.create(key, name);
                    case REPLACE -> {
                        if (etag.isPresent()) {
                            one.replace(key, name, mine.orElseThrow(), etag.orElseThrow());
                        }
                    }
                    case DELETE -> one.delete(key);
                    case UPLOAD -> one.upload(key, name);
                    case COPY -> one.copy(source, sourceName, key);
                    case READ -> one.read(key);
                    case FAIL -> {
                        if (ofClient.orElseThrow() == Fault.CLIENT_RESETS) {
                            one.breakOff(key, name);
                        } else {
                            one.writeTomorrow(key, name);
                        }
                    }
                }
            }
        }
    }

    /** What the plan has for a step; a fault that is a client's own is handed back. */
    private synchronized Optional<Fault> change(World world, int step) {
        Optional<Fault> ofClient = Optional.empty();
        for (Planned planned : plan) {
            if (planned.ends() == step) {
                world.heal();
            }
            if (planned.begins() == step && planned.fault().ofClient()) {
                ofClient = Optional.of(planned.fault());
            } else if (planned.begins() == step) {
                world.begin(planned.fault(), new Random(seed + step));
            }
        }
        return ofClient;
    }

    /** Every key must be answered for when all is well again, soon and as the history allows. */
    private List<String> readBack(World world, List<String> keys) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        try (Client reader = new Client(world.project(), history)) {
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
        return wrong;
    }

    private String key(String name) {
        return "s" + seed + "/" + name;
    }

    private String name(int client, int step, int bytes) {
        return "s" + seed + "c" + client + "n" + step + "-" + bytes;
    }

    /** What a client does next. */
    private enum Step {
        WRITE,
        CREATE,
        REPLACE,
        DELETE,
        UPLOAD,
        COPY,
        READ,
        FAIL
    }
}
