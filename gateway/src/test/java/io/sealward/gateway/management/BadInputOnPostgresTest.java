package io.sealward.gateway.management;

import io.sealward.gateway.registry.Postgres;
import io.sealward.gateway.registry.TestDatabase;

class BadInputOnPostgresTest extends BadInputTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
