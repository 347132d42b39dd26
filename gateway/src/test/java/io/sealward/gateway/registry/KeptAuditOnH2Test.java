package io.sealward.gateway.registry;

import java.util.UUID;

class KeptAuditOnH2Test extends KeptAuditTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("audit" + UUID.randomUUID());
    }
}
