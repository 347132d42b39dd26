package io.sealward.it.chaos.withdrawal;

/**
 * How many clients there are.
 *
 * @param readers of the small object
 * @param downloads of the large one at once
 * @param largeBytes of the large object
 * @param others of the other tenant's readers, beside whom one writes
 */
public record LoadPlan(int readers, int downloads, int writers, long largeBytes, int others) {
    /** What a laptop bears. */
    public static final LoadPlan FULL = new LoadPlan(32, 8, 4, 1L << 30, 4);
    /** A minute's worth for a build. */
    public static final LoadPlan QUICK = new LoadPlan(4, 2, 1, 64L << 20, 2);
}
