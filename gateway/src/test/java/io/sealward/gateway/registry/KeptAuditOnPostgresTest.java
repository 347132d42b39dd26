package io.sealward.gateway.registry;

class KeptAuditOnPostgresTest extends KeptAuditTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
