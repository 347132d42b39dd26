package io.sealward.gateway.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Where the registry is and what protects it.
 *
 * @param jdbcUrl {@code jdbc:h2:...} or {@code jdbc:postgresql:...}
 * @param user may be empty
 * @param password may be empty
 * @param secret at least 16 bytes of high entropy; the key that encrypts secrets at rest is derived from it
 * @param quotas of each organization
 * @param pollInterval how soon changes made by other gateways are noticed
 * @param lease how long what the database last said may be acted upon while it does not answer
 * @param rest how long a bucket name that one project has given back is kept from others: at least the lease of every
 *     gateway, and the longest that a change may be under way at the store
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record RegistrySettings(
        String jdbcUrl,
        String user,
        String password,
        byte[] secret,
        Quotas quotas,
        Duration pollInterval,
        Duration lease,
        Duration rest) {
    private static final String FILE = "jdbc:h2:file:";
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);
    private static final int MIN_SECRET_BYTES = 16;

    public RegistrySettings {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the registry secret must have at least 16 bytes");
        }
        secret = secret.clone();
    }

    /** The embedded database in a file; one gateway only. */
    public static RegistrySettings embedded(Path file, byte[] secret) {
        return at("jdbc:h2:file:" + file.toAbsolutePath(), "", "", secret);
    }

    /** Any of the two databases; changes of other gateways are noticed within a second, and the lease is 15 minutes. */
    public static RegistrySettings at(String jdbcUrl, String user, String password, byte[] secret) {
        return new RegistrySettings(
                jdbcUrl, user, password, secret, Quotas.DEFAULT, Duration.ofSeconds(1), LEASE, LEASE.plus(UNDER_WAY));
    }

    /**
     * The same with another lease.
     *
     * @param underWay the longest that a change may be under way at the store
     */
    public RegistrySettings withLease(Duration other, Duration underWay) {
        return new RegistrySettings(jdbcUrl, user, password, secret, quotas, pollInterval, other, other.plus(underWay));
    }

    /** The same with other quotas. */
    public RegistrySettings with(Quotas other) {
        return new RegistrySettings(jdbcUrl, user, password, secret, other, pollInterval, lease, rest);
    }

    RegistrySettings pollingEach(Duration interval) {
        return new RegistrySettings(jdbcUrl, user, password, secret, quotas, interval, lease, rest);
    }

    boolean isEmbedded() {
        return jdbcUrl.startsWith("jdbc:h2:");
    }

    /** The file of an embedded database that has one. */
    Optional<Path> file() {
        String path =
                jdbcUrl.startsWith(FILE) ? jdbcUrl.substring(FILE.length()).split(";", 2)[0] : "";
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path.replaceFirst("^~", home()) + ".mv.db"));
    }

    private static String home() {
        return Matcher.quoteReplacement(System.getProperty("user.home"));
    }

    void wipe() {
        Arrays.fill(secret, (byte) 0);
    }

    /** Without user, password, secret and whatever else the URL may carry. */
    @Override
    public String toString() {
        return "RegistrySettings[" + (isEmbedded() ? "embedded" : "postgresql") + "]";
    }
}
