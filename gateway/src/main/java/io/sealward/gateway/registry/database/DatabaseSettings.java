package io.sealward.gateway.registry.database;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Where the database is.
 *
 * @param jdbcUrl {@code jdbc:h2:...} or {@code jdbc:postgresql:...}
 * @param user may be empty
 * @param password may be empty
 */
public record DatabaseSettings(String jdbcUrl, String user, String password) {
    private static final String FILE = "jdbc:h2:file:";

    /** Whether it is H2, inside this process. */
    public boolean isEmbedded() {
        return jdbcUrl.startsWith("jdbc:h2:");
    }

    /** Where H2 keeps it; empty for one in memory, and for PostgreSQL. */
    Optional<Path> file() {
        String path =
                jdbcUrl.startsWith(FILE) ? jdbcUrl.substring(FILE.length()).split(";", 2)[0] : "";
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path.replaceFirst("^~", home()) + ".mv.db"));
    }

    private static String home() {
        return Matcher.quoteReplacement(System.getProperty("user.home"));
    }

    /** Without user, password and whatever else the URL may carry. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + (isEmbedded() ? "embedded" : "postgresql") + "]";
    }
}
