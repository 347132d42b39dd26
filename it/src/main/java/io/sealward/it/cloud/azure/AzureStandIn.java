package io.sealward.it.cloud.azure;

import io.sealward.it.cloud.CertificateAuthority;
import io.sealward.it.cloud.Faults;
import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Azure, behind a proxy that leads its real names to this machine. */
public final class AzureStandIn implements StandIn {
    private final FakeAzure azure = FakeAzure.start();
    private final Path folder;

    /**
     * Starts it.
     *
     * @param folder gets the authority's certificate
     */
    public AzureStandIn(Path folder) {
        this.folder = folder;
        azure.authority().writeTo(folder);
    }

    @Override
    public String configuration() {
        return """
                clouds:
                  azure:
                    application-id: %s
                    client-secret: %s
                    proxy: http://127.0.0.1:%d
                    trusted-certificates: %s
                """.formatted(
                        azure.application().clientId(),
                        azure.application().secret(),
                        azure.proxy().getPort(),
                        folder.resolve(CertificateAuthority.PEM));
    }

    @Override
    public Key createKey(String organizationId) {
        return createKey(azure, organizationId);
    }

    /** A key in a vault of a new directory that has the gateway's service principal. */
    public static Key createKey(FakeAzure azure, String organizationId) {
        String tenant = azure.createTenant();
        azure.createServicePrincipal(tenant);
        return createKey(azure, tenant, organizationId);
    }

    /** A key in a vault of this directory. */
    public static Key createKey(FakeAzure azure, String tenant, String organizationId) {
        FakeVault vault = azure.createVault(tenant);
        return new Key(tenant, vault, vault.createKey(organizationId + "--kek"));
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        Map<String, String> environment = new HashMap<>(CertificateAuthority.trustIn(folder));
        environment.put("AZURE_TENANT_ID", registration.get("tenant_id"));
        environment.put("AZURE_CLIENT_ID", azure.application().clientId());
        environment.put("AZURE_CLIENT_SECRET", azure.application().secret());
        environment.put("HTTPS_PROXY", "http://127.0.0.1:" + azure.proxy().getPort());
        return environment;
    }

    @Override
    public void close() {
        azure.close();
    }

    /** A key, and the vault that it is in. */
    public record Key(String tenant, FakeVault vault, FakeVaultKey key) implements TenantKey {
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
        public void destroy() {
            vault.deleteKey(key);
        }

        @Override
        public void restore() {
            vault.recoverKey(key);
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
