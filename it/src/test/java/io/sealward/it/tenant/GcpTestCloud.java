package io.sealward.it.tenant;

import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.gcp.GcpStandIn;
import io.sealward.providers.KekOpener;
import io.sealward.providers.gcp.GcpCloud;
import io.sealward.providers.gcp.GcpOpener;
import io.sealward.providers.resilience.CallLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class GcpTestCloud implements TestCloud {
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final GcpStandIn standIn;
    private final GcpCloud cloud;

    GcpTestCloud(Path folder) {
        standIn = new GcpStandIn(folder);
        cloud = standIn.gcp().connect(standIn.gcp().subjectTokens(GcpStandIn.SUBJECT), LIMITS);
    }

    @Override
    public String type() {
        return "gcp";
    }

    @Override
    public KekOpener opener() {
        return new GcpOpener(cloud);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        return standIn.createKey(organizationId);
    }

    /** A pool that was told to expect another audience. */
    @Override
    public Refusal refusal(String organizationId) {
        return new Refusal(
                standIn.createKey(organizationId, "org-other"),
                List.of(
                        "does not match the expected audience",
                        "list '" + organizationId + "' among its allowed audiences"));
    }

    @Override
    public List<String> secrets() {
        return List.of();
    }

    @Override
    public void close() {
        cloud.close();
        standIn.close();
    }
}
