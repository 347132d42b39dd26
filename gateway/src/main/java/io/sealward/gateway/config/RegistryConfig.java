package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * The database of organizations, projects, credentials and external keys.
 *
 * @param jdbcUrl {@code jdbc:h2:...} for one node, {@code jdbc:postgresql:...} for several
 * @param user may be empty
 * @param encryptionKey at least 16 bytes; encrypts the secrets kept in the database; the same on every node
 * @param formerEncryptionKeys still open what they have encrypted
 * @param lease how long the gateway goes on while the database does not answer; the same on every node
 */
public record RegistryConfig(
        String jdbcUrl,
        String user,
        Secret password,
        Secret encryptionKey,
        List<Secret> formerEncryptionKeys,
        QuotasConfig quotas,
        Duration lease) {
    public static final Duration DEFAULT_LEASE = Duration.ofMinutes(15);

    public RegistryConfig {
        requireNonNull(jdbcUrl, "jdbcUrl");
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(encryptionKey, "encryptionKey");
        formerEncryptionKeys = List.copyOf(formerEncryptionKeys);
        requireNonNull(quotas, "quotas");
        requireNonNull(lease, "lease");
    }

    /** With what is used where nothing else is given. */
    public static RegistryConfig of(String jdbcUrl, String user, Secret password, Secret encryptionKey) {
        return new RegistryConfig(
                jdbcUrl, user, password, encryptionKey, List.of(), QuotasConfig.DEFAULT, DEFAULT_LEASE);
    }
}
