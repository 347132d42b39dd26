package io.sealward.gateway.registry;

import java.util.UUID;

class BucketClaimsOnH2Test extends BucketClaimsTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("claims" + UUID.randomUUID());
    }
}
