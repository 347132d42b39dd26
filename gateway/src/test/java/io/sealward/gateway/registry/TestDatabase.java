package io.sealward.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.registry.database.DatabaseSettings;
import io.sealward.gateway.registry.table.Quotas;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A fresh database of one of the two kinds. */
public interface TestDatabase extends AutoCloseable {
    /** A gateway in a test looks for changes when it is told to: {@link Polls}. */
    Duration NEVER = Duration.ofDays(1);

    /** How one more gateway would open it. */
    RegistrySettings settings();

    @Override
    void close();

    /** A file in a directory; one gateway at a time. */
    static TestDatabase h2File(Path directory) {
        return of("jdbc:h2:file:" + directory.resolve("registry"), "");
    }

    /** In memory, so that several gateways of this process can share it. */
    static TestDatabase h2Shared(String name) {
        return of("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1", "");
    }

    static TestDatabase of(String jdbcUrl, String user) {
        return new TestDatabase() {
            @Override
            public RegistrySettings settings() {
                return new RegistrySettings(
                        new DatabaseSettings(jdbcUrl, user, ""),
                        List.of("0123456789abcdef-secret".getBytes(UTF_8)),
                        Quotas.DEFAULT,
                        NEVER,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(16));
            }

            @Override
            public void close() {}
        };
    }
}
