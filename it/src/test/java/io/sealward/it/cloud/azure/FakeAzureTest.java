package io.sealward.it.cloud.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.EncryptResult;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the fake must do for the SDK itself, whatever the gateway makes of it. */
final class FakeAzureTest {
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    private final FakeAzure azure = FakeAzure.start();
    private final String tenant = azure.createTenant();
    private final FakeVault vault = azure.createVault(tenant);
    private final FakeVaultKey key = vault.createKey("org-a--kek");

    @AfterEach
    void close() {
        azure.close();
    }

    @Test
    void challengesFirstAndTakesTwoSlashesForTheCurrentVersion() {
        azure.createServicePrincipal(tenant);
        CryptographyClient client = client(vault.uri() + "keys/org-a--kek");

        EncryptResult encrypted = client.encrypt(EncryptionAlgorithm.RSA_OAEP_256, SECRET);

        assertThat(encrypted.getKeyId()).endsWith("/" + key.currentVersion());
        assertThat(vault.faults().calls()).isEqualTo(2);
        assertThat(client.decrypt(EncryptionAlgorithm.RSA_OAEP_256, encrypted.getCipherText())
                        .getPlainText())
                .isEqualTo(SECRET);
    }

    @Test
    void refusesEveryOtherAlgorithm() {
        azure.createServicePrincipal(tenant);

        assertThatThrownBy(() -> client(vault.uri() + "keys/org-a--kek").encrypt(EncryptionAlgorithm.RSA_OAEP, SECRET))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("BadParameter");
    }

    @Test
    void refusesATokenOfAnotherTenant() {
        String other = azure.createTenant();
        azure.createServicePrincipal(other);
        FakeVault elsewhere = azure.createVault(other);
        elsewhere.createKey("org-a--kek");
        CryptographyClient client = client(elsewhere.uri() + "keys/org-a--kek", "*");

        assertThat(client.encrypt(EncryptionAlgorithm.RSA_OAEP_256, SECRET).getKeyId())
                .as("with all tenants allowed the SDK follows the vault's challenge anywhere")
                .startsWith(elsewhere.uri());
        elsewhere.moveTo(tenant);
        assertThatThrownBy(() -> client.encrypt(EncryptionAlgorithm.RSA_OAEP_256, SECRET))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("AKV10032");
    }

    private CryptographyClient client(String keyId, String... otherTenants) {
        ClientSecretCredential credential = new ClientSecretCredentialBuilder()
                .tenantId(tenant)
                .clientId(azure.application().clientId())
                .clientSecret(azure.application().secret())
                .additionallyAllowedTenants(otherTenants)
                .disableInstanceDiscovery()
                .httpClient(azure.httpClient())
                .build();
        return new CryptographyClientBuilder()
                .keyIdentifier(keyId)
                .credential(credential)
                .httpClient(azure.httpClient())
                .disableKeyCaching()
                .buildClient();
    }
}
