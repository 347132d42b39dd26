package io.sealward.gateway;

import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.registry.NewAdminKey;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistryException;
import java.util.Optional;

/** What an operator does to the registry without a gateway running: the first steps, before there is any admin key. */
public final class Administration implements AutoCloseable {
    private static final String ORGANIZATION_ID = "org-";

    private final Tenants tenants;
    private final Registry registry;

    private Administration(Tenants tenants, Registry registry) {
        this.tenants = tenants;
        this.registry = registry;
    }

    /**
     * Opens the configured registry.
     *
     * @throws IllegalStateException if there is no registry, or it can not be opened
     */
    public static Administration open(GatewayConfig config) {
        if (config.registry().isEmpty()) {
            throw new IllegalStateException("the configuration has no registry");
        }
        Tenants tenants = Tenants.open(config);
        return new Administration(tenants, tenants.registry().orElseThrow());
    }

    /**
     * Makes an admin key.
     *
     * @param organization the id of one there is, or the name of a new one
     * @throws RegistryException if no organization has that id
     */
    public NewAdminKey createAdminKey(String organization, String name) {
        String id = Optional.of(organization)
                .filter(given -> given.startsWith(ORGANIZATION_ID))
                .orElseGet(() -> registry.organizations().create(organization).id());
        return registry.adminKeys().create(id, name);
    }

    @Override
    public void close() {
        tenants.close();
    }
}
