package io.sealward.gateway.onboarding;

import io.sealward.gateway.config.CloudsConfig;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.setup.CloudProvider;
import io.sealward.providers.setup.CloudSetup;
import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.setup.Recipient;
import java.util.List;
import java.util.Optional;

/** Generates the set-up material of tenants for the clouds in which this gateway has an identity. */
public final class Onboarding {
    /** What a {@code type} may be. */
    public static final List<String> TYPES =
            Providers.CLOUDS.stream().map(CloudProvider::type).toList();

    private final CloudsConfig clouds;

    public Onboarding(CloudsConfig clouds) {
        this.clouds = clouds;
    }

    /**
     * The text for one tenant.
     *
     * @param type one of {@link #TYPES}
     * @param projectId binds the key to this one project of the organization
     * @throws OnboardingException if the gateway has no identity in that cloud, or the cloud cannot bind a key to this
     *     organization or project
     */
    public String generate(String type, OnboardingFormat format, String organizationId, Optional<String> projectId) {
        Recipient recipient = new Recipient(organizationId, projectId);
        CloudSetup setup = clouds.setups().get(type);
        if (setup == null) {
            throw new OnboardingException(
                    "type", "This gateway has no identity in " + title(type) + ": its operator must give it one.");
        }
        return setup.onboarding(format, recipient);
    }

    private static String title(String type) {
        return Providers.CLOUDS.stream()
                .filter(provider -> provider.type().equals(type))
                .map(CloudProvider::title)
                .findFirst()
                .orElse(type);
    }
}
