package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.RegistryException;
import org.junit.jupiter.api.Test;

class RegistryOnPostgresTest extends RegistryTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }

    @Test
    void aDatabaseThatFallsSilentInAnExchangeIsGivenUp() throws Exception {
        try (SilentRelay relay = new SilentRelay(Postgres.database());
                Database database = Database.open(relay.database().settings().database())) {
            database.read(handle -> handle.execute("SELECT 1"));
            relay.fallSilent();
            assertThatThrownBy(() -> database.read(handle -> handle.execute("SELECT 1")))
                    .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.reason())
                            .isEqualTo(RegistryException.Reason.UNAVAILABLE));
        }
    }
}
