package io.sealward.gateway.management;

import io.sealward.gateway.registry.Postgres;
import io.sealward.gateway.registry.TestDatabase;

class ManagementApiOnPostgresTest extends ManagementApiTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
