package io.sealward.gateway.registry;

class BucketClaimsOnPostgresTest extends BucketClaimsTest {
    @Override
    TestDatabase newDatabase() {
        return Postgres.database();
    }
}
