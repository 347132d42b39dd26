package io.sealward.it.chaos.schedule;

import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Kills gateways with SIGKILL, one schedule after another. */
public final class Kills {
    private Kills() {}

    /**
     * Runs so many schedules of one gateway, and as many of two behind HAProxy where that is installed, of this seed and those after it.
     *
     * @param out is told of each that shows something wrong
     * @return how many did
     */
    public static int run(long seed, int count, PrintStream out) throws IOException, InterruptedException {
        int failed = run(1, seed, count, out);
        if (Balancer.isInstalled()) {
            return failed + run(2, seed, count, out);
        }
        out.println("skipped: two gateways behind HAProxy, which is not installed");
        return failed;
    }

    private static int run(int gateways, long seed, int count, PrintStream out)
            throws IOException, InterruptedException {
        int failed = 0;
        Map<Amid, Integer> killed = new EnumMap<>(Amid.class);
        try (Nodes nodes = Nodes.start(gateways)) {
            for (long one = seed; one < seed + count; one++) {
                Kill kill = new Kill(one, gateways);
                List<String> wrong = kill.run(nodes);
                kill.done().ifPresent(amid -> killed.merge(amid, 1, Integer::sum));
                if (!wrong.isEmpty()) {
                    failed++;
                    out.println(kill);
                    wrong.forEach(line -> out.println("    " + line));
                }
            }
        }
        out.printf(
                "%d schedules of %d gateways, killed amid %s, %d of them showed something wrong%n",
                count, gateways, killed, failed);
        return failed;
    }
}
