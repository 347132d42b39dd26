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

    /**
     * What a person who may use a key at the cloud itself, without any gateway, has in the environment, for the cloud's own tools
     * and {@code sealward open}. The files that it names are there.
     *
     * @param registration of the key, {@link TenantKey#registration}
     */
    Map<String, String> ownAccess(Map<String, String> registration);

    @Override
    void close();
}
