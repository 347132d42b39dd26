package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.azure.AzureStandIn;
import io.sealward.it.cloud.azure.FakeAzure;
import io.sealward.providers.KekOpener;
import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.azure.AzureOpener;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.List;

final class AzureTestCloud implements TestCloud {
    private static final Duration ROTATION_NOTICE = Duration.ofHours(1);
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final FakeAzure azure = FakeAzure.start();

    @Override
    public String type() {
        return "azure";
    }

    @Override
    public KekOpener opener() {
        return new AzureOpener(azure.connect(azure.identity(), LIMITS, ROTATION_NOTICE), AzureEnvironment.PUBLIC);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return AzureStandIn.createKey(azure, organizationId);
    }

    /** A directory that never heard of the gateway's application. */
    @Override
    public Refusal refusal(String organizationId) {
        return new Refusal(
                AzureStandIn.createKey(azure, azure.createTenant(), organizationId),
                List.of(
                        "AADSTS7000229",
                        "az ad sp create --id " + azure.application().clientId()));
    }

    @Override
    public List<String> secrets() {
        return List.of(azure.application().secret());
    }

    @Override
    public void close() {
        azure.close();
    }
}
