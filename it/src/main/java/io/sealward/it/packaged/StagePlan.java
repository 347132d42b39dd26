package io.sealward.it.packaged;

import java.time.Duration;

/**
 * What is to be set up, but for the cloud.
 *
 * @param port of the S3 listener; 0 lets the system choose
 * @param organizations how many there are
 * @param cached how long the gateway keeps unwrapped keys, in whole seconds
 * @param canary the interval of the gateway's canary, in whole seconds
 */
public record StagePlan(int port, int organizations, Duration cached, Duration canary) {
    /** Nothing is cached: what a withdrawn key does is seen at once. */
    public static StagePlan of(int port, int organizations) {
        return new StagePlan(port, organizations, Duration.ZERO, Duration.ofSeconds(1));
    }
}
