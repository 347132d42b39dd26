package io.sealward.it.chaos.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few clients at a few keys, and what goes wrong meanwhile: all of it follows from a seed, but for the order in which threads of
 * a machine run.
 */
final class Schedule {
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int STEPS = 5;
    private static final int MAX_FAULTS = 3;

    private final Plot plot;
    private final List<Planned> plan = new ArrayList<>();
    private final AtomicInteger steps = new AtomicInteger();

    /** A fault that begins before a step of any client, and ends with all others before a later one. */
    private record Planned(int begins, int ends, Fault fault) {}

    private Schedule(long seed) {
        this.plot = new Plot(seed);
        Random random = new Random(seed);
        int faults = 1 + random.nextInt(MAX_FAULTS);
        for (int i = 0; i < faults; i++) {
            Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
            int begins = random.nextInt(Crowd.CLIENTS * STEPS);
            plan.add(new Planned(begins, begins + 1 + random.nextInt(STEPS), fault));
        }
    }

    static Schedule of(long seed) {
        return new Schedule(seed);
    }

    /** What is wrong after it; nothing if all held. */
    List<String> run(World world) throws InterruptedException {
        Crowd crowd = new Crowd(plot);
        crowd.prepare(world.project());
        crowd.work(number -> {
            try (Worker worker = new Worker(crowd.client(world.project()), plot, number)) {
                for (int i = 0; i < STEPS; i++) {
                    worker.step(change(world, steps.getAndIncrement()));
                }
            }
        });
        world.heal();
        List<String> wrong = new ArrayList<>(crowd.wrong(world.project()));
        wrong.addAll(Remains.of(world, plot.prefix()));
        return wrong;
    }

    @Override
    public String toString() {
        return "seed " + plot.seed() + " " + plan;
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
                world.begin(planned.fault(), new Random(plot.seed() + step));
            }
        }
        return ofClient;
    }
}
