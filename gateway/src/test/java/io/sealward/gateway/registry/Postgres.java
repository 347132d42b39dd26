package io.sealward.gateway.registry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL server for the whole test run, with a new database for each that asks. */
public final class Postgres {
    private Postgres() {}

    /** Skips the test where no server can be started, as when initdb is run by root without user namespaces. */
    public static TestDatabase database() {
        EmbeddedPostgres server = Server.INSTANCE;
        Assumptions.assumeTrue(server != null, "PostgreSQL does not start on this machine");
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return TestDatabase.of("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres");
    }

    private static final class Server {
        static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
                return server;
            } catch (IOException | IllegalStateException e) {
                System.err.println("PostgreSQL tests are skipped: " + e);
                return null;
            }
        }

        private static void close(EmbeddedPostgres server) {
            try {
                server.close();
            } catch (IOException e) {
                System.err.println("PostgreSQL did not stop: " + e);
            }
        }
    }
}
