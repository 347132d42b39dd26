package io.sealward.it.cloud;

import java.util.Map;

/** What plays a cloud on this machine, as the gateway's operator and its tenants see it. */
public interface StandIn extends AutoCloseable {
    /** The section of a gateway's configuration that leads here; the files that it names are there. */
    String configuration();

    /** What the gateway's process must find in its environment besides. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** A key that is set up as the onboarding material says, for this organization. */
    TenantKey createKey(String organizationId);

    @Override
    void close();
}
