package io.sealward.it.cloud.aws;

import io.sealward.providers.WrapContext;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsKek;
import io.sealward.providers.aws.AwsKeySpec;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.Map;

/** A tenant set up as the onboarding material says, and the gateway's way to its key. */
record AwsTenant(FakeKey key, FakeRole role, AwsKeySpec spec, AwsKek kek) implements AutoCloseable {
    static final int ATTEMPTS = 3;
    static final int CONCURRENCY = 2;
    static final int WAITING = 8;
    static final WrapContext CONTEXT = WrapContext.of(Map.of("sealward:org_id", "org-1", "object", "0f3a"));

    /** Nothing here is about time, so only a hang runs into these. */
    private static final Duration AMPLE = Duration.ofSeconds(30);

    static AwsTenant in(FakeAws aws, String name) {
        return in(aws, name, AMPLE, AMPLE);
    }

    static AwsTenant in(FakeAws aws, String name, Duration deadline, Duration attempt) {
        FakeKey key = aws.createKey("eu-central-1");
        FakeRole role = aws.createRole(name).trustWith("org-1").allow(AwsGrant.useOf(key));
        AwsKeySpec spec = new AwsKeySpec(role.arn(), key.arn(), "org-1");
        return new AwsTenant(key, role, spec, kek(aws, spec, deadline, attempt));
    }

    static AwsKek kek(FakeAws aws, AwsKeySpec spec, Duration deadline, Duration attempt) {
        AwsIdentity gateway = AwsIdentity.of(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey());
        CallLimits limits = new CallLimits(CONCURRENCY, WAITING, ATTEMPTS, deadline, Duration.ZERO);
        return new AwsKek(spec, new AwsSettings(gateway, AwsEndpoints.at(aws.endpoint()), limits, attempt));
    }

    static AwsKek kek(FakeAws aws, AwsKeySpec spec) {
        return kek(aws, spec, AMPLE, AMPLE);
    }

    @Override
    public void close() {
        kek.close();
    }
}
