package io.sealward.gateway.registry;

import io.sealward.gateway.registry.database.DatabaseSettings;
import io.sealward.gateway.registry.table.Quotas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the registry is and what protects it.
 *
 * @param database the embedded one serves one gateway only
 * @param secrets of at least 16 bytes of high entropy each; keys are derived from them. The first encrypts what is kept
 *     secret at rest, the others still open what they have encrypted
 * @param quotas of each organization
 * @param pollInterval how soon changes made by other gateways are noticed
 * @param lease how long what the database last said may be acted upon while it does not answer
 * @param rest how long a bucket name that one project has given back is kept from others: at least the lease of every
 *     gateway, and the longest that a change may be under way at the store
 */
public record RegistrySettings(
        DatabaseSettings database,
        List<byte[]> secrets,
        Quotas quotas,
        Duration pollInterval,
        Duration lease,
        Duration rest) {
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);
    private static final int MIN_SECRET_BYTES = 16;

    public RegistrySettings {
        if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.length < MIN_SECRET_BYTES)) {
            throw new IllegalArgumentException("a registry secret must have at least 16 bytes");
        }
        secrets = secrets.stream().map(byte[]::clone).toList();
    }

    /** The embedded database in a file; one gateway only. */
    public static RegistrySettings embedded(Path file, byte[] secret) {
        return at("jdbc:h2:file:" + file.toAbsolutePath(), "", "", secret);
    }

    /** Any of the two databases; changes of other gateways are noticed within a second, and the lease is 15 minutes. */
    public static RegistrySettings at(String jdbcUrl, String user, String password, byte[] secret) {
        return new RegistrySettings(
                new DatabaseSettings(jdbcUrl, user, password),
                List.of(secret),
                Quotas.DEFAULT,
                Duration.ofSeconds(1),
                LEASE,
                LEASE.plus(UNDER_WAY));
    }

    /**
     * The same with another lease.
     *
     * @param underWay the longest that a change may be under way at the store
     */
    public RegistrySettings withLease(Duration other, Duration underWay) {
        return new RegistrySettings(database, secrets, quotas, pollInterval, other, other.plus(underWay));
    }

    /** The same with other quotas. */
    public RegistrySettings with(Quotas other) {
        return new RegistrySettings(database, secrets, other, pollInterval, lease, rest);
    }

    /** The same with secrets that were used before. */
    public RegistrySettings withFormer(List<byte[]> former) {
        List<byte[]> all =
                Stream.concat(Stream.of(secrets.get(0)), former.stream()).toList();
        return new RegistrySettings(database, all, quotas, pollInterval, lease, rest);
    }

    RegistrySettings pollingEach(Duration interval) {
        return new RegistrySettings(database, secrets, quotas, interval, lease, rest);
    }

    void wipe() {
        secrets.forEach(secret -> Arrays.fill(secret, (byte) 0));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "RegistrySettings[" + database + "]";
    }
}
