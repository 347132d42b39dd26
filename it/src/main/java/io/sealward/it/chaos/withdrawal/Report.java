package io.sealward.it.chaos.withdrawal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a run of withdrawals has shown.
 *
 * @param deployment what was tried
 * @param boundMillis within which the last byte must have come
 * @param wrongReads pieces of content that were not what had been written
 * @param lostWrites acknowledged writes that did not read back when all was over
 */
public record Report(
        String deployment,
        Instant began,
        double canaryMillis,
        double boundMillis,
        LoadPlan load,
        List<Round> rounds,
        int wrongReads,
        int lostWrites,
        Timeline timeline) {
    public Report {
        rounds = List.copyOf(rounds);
    }

    /** What was promised and did not hold; nothing if all did. */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            judge(rounds.get(i), "withdrawal " + (i + 1) + ": ", broken);
        }
        if (wrongReads > 0) {
            broken.add(wrongReads + " pieces of content were not what had been written");
        }
        if (lostWrites > 0) {
            broken.add(lostWrites + " acknowledged writes did not read back");
        }
        return broken;
    }

    private void judge(Round round, String which, List<String> broken) {
        if (round.lastPlaintext() > boundMillis) {
            broken.add(which + "content came %.0f ms after it".formatted(round.lastPlaintext()));
        }
        if (round.lastSealed().orElse(0) > boundMillis) {
            broken.add(which
                    + "content reached the store %.0f ms after it"
                            .formatted(round.lastSealed().orElseThrow()));
        }
        if (round.lateSuccesses() > 0) {
            broken.add(which + round.lateSuccesses() + " requests that began after the bound succeeded");
        }
        if (round.firstError().isEmpty()) {
            broken.add(which + "nothing was refused");
        }
        if (round.firstSuccess().isEmpty()) {
            broken.add(which + "service did not return");
        }
        if (round.otherErrors() > 0) {
            broken.add(which + round.otherErrors() + " requests of the other tenant failed");
        }
    }

    /** The p50, p99 and maximum of something of all rounds that have it, none below 0. */
    public Latency over(ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream()
                .mapToDouble(value)
                .filter(Double::isFinite)
                .map(one -> Math.max(0, one))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? new Latency(0, 0, 0, 0)
                : new Latency(
                        sorted.length,
                        Latency.percentile(sorted, 50),
                        Latency.percentile(sorted, 99),
                        sorted[sorted.length - 1]);
    }

    static double orNone(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }
}
