package io.sealward.it.chaos.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Runs schedules one after another, in worlds that serve many of them. */
public final class Schedules {
    private static final int OF_A_WORLD = 100;

    private Schedules() {}

    /**
     * Runs so many schedules, of this seed and those after it.
     *
     * @param out is told of each that shows something wrong
     * @return how many did
     */
    public static int run(long seed, int count, PrintStream out) throws IOException, InterruptedException {
        LogWatch log = LogWatch.begin();
        int failed = 0;
        for (long first = seed; first < seed + count; first += OF_A_WORLD) {
            try (World world = World.start()) {
                for (long one = first; one < Math.min(first + OF_A_WORLD, seed + count); one++) {
                    Schedule schedule = Schedule.of(one);
                    List<String> wrong = new ArrayList<>(schedule.run(world));
                    if (!wrong.isEmpty()) {
                        failed++;
                        out.println(schedule);
                        wrong.forEach(line -> out.println("    " + line));
                    }
                }
            }
            System.gc(); // Netty tells of a leaked buffer when it is collected
        }
        log.wrong().forEach(out::println);
        out.printf("%d schedules, %d of them showed something wrong%n", count, failed);
        return failed + log.wrong().size();
    }
}
