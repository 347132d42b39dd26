package io.sealward.it.bench;

/**
 * What one target did in one cell of one round.
 *
 * @param processorSeconds used by the target's process; 0 for the store itself
 */
record Sample(
        long operations,
        double bytesPerSecond,
        double p50Micros,
        double p99Micros,
        double processorSeconds,
        long bytes) {
    double processorSecondsPerGib() {
        return processorSeconds / bytes * (1L << 30);
    }
}
