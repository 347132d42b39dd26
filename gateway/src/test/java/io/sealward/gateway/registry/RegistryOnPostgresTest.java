package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RegistryOnPostgresTest extends RegistryTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }

    @Test
    void a_database_that_falls_silent_in_an_exchange_is_given_up() throws Exception {
        RegistrySettings direct = Postgres.database().settings();
        int port = URI.create(direct.jdbcUrl().substring("jdbc:".length())).getPort();
        try (SilentRelay relay = new SilentRelay(port);
                Database database = Database.open(TestDatabase.of(
                                direct.jdbcUrl().replace(":" + port + "/", ":" + relay.port() + "/"), direct.user())
                        .settings())) {
            database.read(handle -> handle.execute("SELECT 1"));
            relay.fallSilent();
            assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT 1")))
                    .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                            .isEqualTo(RegistryException.Reason.UNAVAILABLE));
        }
    }
}
