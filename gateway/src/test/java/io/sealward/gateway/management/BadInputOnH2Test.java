package io.sealward.gateway.management;

import io.sealward.gateway.registry.TestDatabase;
import java.util.UUID;

class BadInputOnH2Test extends BadInputTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("bad" + UUID.randomUUID());
    }
}
