package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.registry.TestDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;

class ManagementApiOnH2Test extends ManagementApiTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("api" + UUID.randomUUID());
    }

    @AfterAll
    void everyOperationOfTheDocumentWasSeenToSucceed() {
        assertThat(openApi().answered()).containsAll(openApi().operations());
    }
}
