package io.sealward.gateway.registry;

class KeyRotationOnPostgresTest extends KeyRotationTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
