package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.aws.AwsStandIn;
import io.sealward.it.cloud.aws.FakeAws;
import io.sealward.providers.KekOpener;
import io.sealward.providers.aws.AwsEndpoints;
import io.sealward.providers.aws.AwsIdentity;
import io.sealward.providers.aws.AwsOpener;
import io.sealward.providers.aws.AwsSettings;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.List;

final class AwsTestCloud implements TestCloud {
    private static final Duration ATTEMPT = Duration.ofSeconds(5);
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final AwsStandIn standIn = new AwsStandIn();
    private final FakeAws aws = standIn.aws();

    @Override
    public String type() {
        return "aws";
    }

    @Override
    public KekOpener opener() {
        AwsIdentity gateway = AwsIdentity.of(aws.gatewayAccessKeyId(), aws.gatewaySecretAccessKey());
        return new AwsOpener(new AwsSettings(gateway, AwsEndpoints.at(aws.endpoint()), LIMITS, ATTEMPT));
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return standIn.createKey(organizationId);
    }

    /** The confused deputy's role. */
    @Override
    public Refusal refusal(String organizationId) {
        AwsStandIn.Key key = standIn.createKey(organizationId);
        key.role().trustWithoutExternalId();
        return new Refusal(key, List.of("without an ExternalId", "\"sts:ExternalId\":\"" + organizationId + "\""));
    }

    @Override
    public List<String> secrets() {
        return List.of(aws.gatewaySecretAccessKey());
    }

    @Override
    public void close() {
        standIn.close();
    }
}
