package io.sealward.gateway.registry.encryption;

import io.sealward.gateway.registry.TestDatabase;
import java.util.UUID;

class KeyRotationOnH2Test extends KeyRotationTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("rotation" + UUID.randomUUID());
    }
}
