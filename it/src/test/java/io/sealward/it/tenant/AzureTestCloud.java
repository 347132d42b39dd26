package io.sealward.it.tenant;

import io.sealward.gateway.cloud.AzureKeks;
import io.sealward.gateway.registry.KekOpener;
import io.sealward.gateway.registry.KeyType;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.azure.FakeAzure;
import io.sealward.it.cloud.azure.FakeVault;
import io.sealward.it.cloud.azure.FakeVaultKey;
import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;

final class AzureTestCloud implements TestCloud {
    private static final Duration ROTATION_NOTICE = Duration.ofHours(1);
    private static final CallLimits LIMITS = new CallLimits(16, 256, 2, Duration.ofSeconds(20), Duration.ofMillis(1));

    private final FakeAzure azure = FakeAzure.start();

    @Override
    public KeyType type() {
        return KeyType.AZURE;
    }

    @Override
    public KekOpener opener() {
        return new AzureKeks(azure.connect(azure.identity(), LIMITS, ROTATION_NOTICE), AzureEnvironment.PUBLIC);
    }

    @Override
    public TenantKey createKey(String organizationId) {
        String tenant = azure.createTenant();
        azure.createServicePrincipal(tenant);
        return key(tenant, organizationId);
    }

    /** A directory that never heard of the gateway's application. */
    @Override
    public Refusal refusal(String organizationId) {
        return new Refusal(
                key(azure.createTenant(), organizationId),
                List.of(
                        "AADSTS7000229",
                        "az ad sp create --id " + azure.application().clientId()));
    }

    @Override
    public List<String> secrets() {
        return List.of(azure.application().secret());
    }

    @Override
    public void close() {
        azure.close();
    }

    private Key key(String tenant, String organizationId) {
        FakeVault vault = azure.createVault(tenant);
        return new Key(tenant, vault, vault.createKey(organizationId + "--kek"));
    }

    private record Key(String tenant, FakeVault vault, FakeVaultKey key) implements TenantKey {
        @Override
        public Map<String, String> registration() {
            return Map.of("tenant_id", tenant, "vault_uri", vault.uri(), "key_name", key.name());
        }

        @Override
        public String keyId() {
            return vault.uri() + "keys/" + key.name();
        }

        @Override
        public void disable() {
            key.disable();
        }

        @Override
        public void enable() {
            key.enable();
        }

        @Override
        public void deny() {
            vault.revokeRole();
        }

        @Override
        public void allow() {
            vault.assignRole();
        }

        @Override
        public void throttle() {
            vault.faults().set(Faults.Kind.THROTTLE);
        }

        @Override
        public void cutOff() {
            vault.faults().set(Faults.Kind.OUTAGE);
        }

        @Override
        public void recover() {
            vault.faults().set(Faults.Kind.NONE);
        }

        @Override
        public long calls() {
            return vault.faults().calls();
        }
    }
}
