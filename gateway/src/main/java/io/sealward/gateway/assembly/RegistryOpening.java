package io.sealward.gateway.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.config.QuotasConfig;
import io.sealward.gateway.config.RegistryConfig;
import io.sealward.gateway.config.Secret;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistrySettings;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.Quotas;
import io.sealward.providers.KekOpener;
import java.time.Clock;
import java.time.Duration;

/** The configured registry, opened. */
final class RegistryOpening {
    private RegistryOpening() {}

    private static Quotas quotas(QuotasConfig config) {
        return new Quotas(config.externalKeys(), config.projects(), config.credentials());
    }

    private static byte[] bytes(Secret secret) {
        return secret.value().getBytes(UTF_8);
    }

    /**
     * Opens it.
     *
     * @param underWay the longest that a change may be under way at the store
     * @throws IllegalStateException if it cannot be opened
     */
    static Registry at(RegistryConfig config, Duration underWay, KekOpener opener) {
        try {
            return Registry.open(
                    RegistrySettings.at(
                                    config.jdbcUrl(),
                                    config.user(),
                                    config.password().value(),
                                    bytes(config.encryptionKey()))
                            .withFormer(config.formerEncryptionKeys().stream()
                                    .map(RegistryOpening::bytes)
                                    .toList())
                            .with(quotas(config.quotas()))
                            .withLease(config.lease(), underWay),
                    opener,
                    Clock.systemUTC());
        } catch (RegistryException | IllegalArgumentException e) {
            throw new IllegalStateException("the registry cannot be opened: " + e.getMessage(), e);
        }
    }
}
