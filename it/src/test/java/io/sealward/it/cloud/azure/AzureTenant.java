package io.sealward.it.cloud.azure;

import static io.sealward.it.cloud.KekCalls.ONE_ATTEMPT;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureKek;
import io.sealward.providers.azure.AzureKeySpec;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A tenant of Azure that has set everything up well, and its KEK. */
abstract class AzureTenant {
    static final byte[] SECRET = "planted-secret-planted-secret-32".getBytes(UTF_8);
    static final String KEY_NAME = "org-a--kek";
    static final Duration AN_HOUR = Duration.ofHours(1);

    final FakeAzure azure = FakeAzure.start();
    final String tenant = tenantWithPrincipal();
    final FakeVault vault = azure.createVault(tenant);
    final FakeVaultKey key = vault.createKey(KEY_NAME);
    final AzureKek kek = open(azure.identity(), ONE_ATTEMPT, AN_HOUR);

    @AfterEach
    void close() {
        kek.close();
        azure.close();
    }

    AzureKek open(AzureIdentity identity, CallLimits limits, Duration rotationNotice) {
        return azure.connect(identity, limits, rotationNotice).open(spec());
    }

    AzureKeySpec spec() {
        return new AzureKeySpec(tenant, vault.uri(), KEY_NAME, Optional.empty());
    }

    String tenantWithPrincipal() {
        String id = azure.createTenant();
        azure.createServicePrincipal(id);
        return id;
    }
}
