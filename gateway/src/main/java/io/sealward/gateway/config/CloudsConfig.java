package io.sealward.gateway.config;

import io.sealward.providers.catalog.Providers;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.CloudSetup;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The clouds that tenants may keep their keys in: those in which the gateway has an identity.
 *
 * @param setups by the provider's type
 */
public record CloudsConfig(Map<String, CloudSetup> setups) {
    public static final CloudsConfig NONE = new CloudsConfig(Map.of());

    public CloudsConfig {
        setups = Map.copyOf(setups);
    }

    static CloudsConfig read(Section clouds) {
        Map<String, CloudSetup> setups = new HashMap<>();
        for (CloudProvider provider : Providers.CLOUDS) {
            Optional<Section> given = clouds.section(provider.type());
            given.ifPresent(section -> {
                setups.put(provider.type(), provider.configure(new CloudSettings(section)));
                section.end();
            });
        }
        clouds.end();
        return new CloudsConfig(setups);
    }
}
