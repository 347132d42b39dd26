package io.sealward.gateway.registry;

class RegistryOnPostgresTest extends RegistryTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
