package io.sealward.gateway.registry.encryption;

import io.sealward.gateway.registry.Postgres;
import io.sealward.gateway.registry.TestDatabase;

class KeyRotationOnPostgresTest extends KeyRotationTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
