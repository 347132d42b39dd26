package io.sealward.providers.aws;

import static java.util.Objects.requireNonNull;

import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;

/**
 * How the gateway talks to AWS, the same for every tenant.
 *
 * @param limits for each KEK by itself; their deadline is also the SDK's time-out of a whole call
 * @param attemptTimeout for one HTTP exchange
 */
public record AwsSettings(AwsIdentity identity, AwsEndpoints endpoints, CallLimits limits, Duration attemptTimeout) {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(1500);

    public AwsSettings {
        requireNonNull(identity, "identity");
        requireNonNull(endpoints, "endpoints");
        requireNonNull(limits, "limits");
        requireNonNull(attemptTimeout, "attemptTimeout");
    }

    /** With the limits that suit the real AWS. */
    public static AwsSettings of(AwsIdentity identity, AwsEndpoints endpoints) {
        return new AwsSettings(identity, endpoints, CallLimits.DEFAULT, ATTEMPT_TIMEOUT);
    }
}
