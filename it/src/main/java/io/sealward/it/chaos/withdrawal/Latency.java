package io.sealward.it.chaos.withdrawal;

import java.util.List;

/** How long requests took, in milliseconds; zeros if there were none. */
public record Latency(int count, double p50, double p99, double max) {
    static Latency of(List<Request> requests) {
        double[] sorted =
                requests.stream().mapToDouble(Request::millis).sorted().toArray();
        return sorted.length == 0
                ? new Latency(0, 0, 0, 0)
                : new Latency(sorted.length, percentile(sorted, 50), percentile(sorted, 99), sorted[sorted.length - 1]);
    }

    /** The smallest of them that so many of a hundred do not exceed. */
    static double percentile(double[] sorted, int percent) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
