package io.sealward.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KmsException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AzureKeySpecTest {
    private static final String TENANT = "20a14814-5ab7-4612-a671-1382b412bf93";
    private static final String VAULT = "https://tenant-vault.vault.azure.net/";
    private static final String VERSION = "0123456789abcdef0123456789abcdef";

    @Test
    void takesAKeyInAManagedHsm() {
        AzureKeySpec spec = spec("org-a", "https://tenant-hsm.managedhsm.azure.net/", "org-a--kek");

        assertThat(spec.keyUrl()).isEqualTo("https://tenant-hsm.managedhsm.azure.net/keys/org-a--kek");
        assertThat(spec.service().tokenScope(AzureEnvironment.PUBLIC))
                .isEqualTo("https://managedhsm.azure.net/.default");
        assertThat(spec("org-a", VAULT, "org-a--kek").service().tokenScope(AzureEnvironment.PUBLIC))
                .isEqualTo("https://vault.azure.net/.default");
    }

    @Test
    void namesTheKeyWhetherOrNotTheVaultEndsInASlash() {
        assertThat(spec("org-a", VAULT, "org-a--kek").keyUrl())
                .isEqualTo(spec("org-a", "https://tenant-vault.vault.azure.net", "org-a--kek")
                        .keyUrl())
                .isEqualTo("https://tenant-vault.vault.azure.net/keys/org-a--kek");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tenant-vault.vault.azure.net/",
                "https://tenant-vault.vault.azure.net:8443/",
                "https://tenant-vault.vault.azure.net/keys/",
                "https://tenant-vault.vault.azure.net/?x=1",
                "https://tenant-vault.vault.azure.net@evil.example/",
                "https://user@tenant-vault.vault.azure.net/",
                "https://tenant-vault.vault.azure.net.evil.example/",
                "https://evil.example/.vault.azure.net/",
                "https://evil.example#.vault.azure.net/",
                "https://a.b.vault.azure.net/",
                "https://ab.vault.azure.net/",
                "https://a2345678901234567890123456.vault.azure.net/",
                "https://-vault.vault.azure.net/",
                "https://vault-.vault.azure.net/",
                "https://tenant-vaultxvault.azure.net/",
                "https://tenant-vault.managedhsm.azure.cn/",
                "https://tenant-vault.managedhsm.azure.net.evil.example/",
                "https://tenant-vault.managedhsm.vault.azure.net/",
                "https://tenant-vault.vault.azure.cn/",
                "https://169.254.169.254/",
                "https://tenant-vault.vault.azure.net/\n",
                "",
            })
    void refusesEveryAddressThatIsNoVault(String uri) {
        assertThatThrownBy(() -> spec("org-a", uri, "org-a--kek"))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo("vault_uri"));
    }

    @ParameterizedTest
    @CsvSource({
        "US_GOVERNMENT, https://tenant-vault.vault.usgovcloudapi.net/",
        "CHINA, https://tenant-vault.vault.azure.cn/",
        "US_GOVERNMENT, https://tenant-hsm.managedhsm.usgovcloudapi.net/",
        "CHINA, https://tenant-hsm.managedhsm.azure.cn/",
    })
    void takesTheVaultsOfTheCloudItIsIn(AzureEnvironment environment, String uri) {
        assertThat(new AzureKeySpec(TENANT, uri, "org-a--kek", Optional.empty())
                        .requireUsable(environment, "org-a")
                        .keyUrl())
                .isEqualTo(uri + "keys/org-a--kek");
        assertThatThrownBy(() -> new AzureKeySpec(TENANT, VAULT, "org-a--kek", Optional.empty())
                        .requireUsable(environment, "org-a"))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kek",
                "org-a-kek",
                "org-b--kek",
                "org-ab--kek",
                "ORG-a--kek",
                "org-a--kek/0123456789abcdef0123456789abcdef",
                "org-a--k_k",
                "org-a--kek ",
                "org-a--../x",
            })
    void refusesAKeyThatDoesNotCarryTheOrganization(String keyName) {
        assertThatThrownBy(() -> spec("org-a", VAULT, keyName))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo("key_name"));
    }

    @Test
    void quotesThePublishedPattern() {
        assertThatThrownBy(() -> spec("org-a", VAULT, "kek"))
                .hasMessage(
                        "Invalid 'key_name': string does not match pattern. Expected a string that matches the pattern"
                                + " '^org-[0-9a-zA-Z-]*--[0-9a-zA-Z-]*$'.");
    }

    /** With "org-a--b" as an organization, the key "org-a--b--kek" would be two organizations' own. */
    @ParameterizedTest
    @ValueSource(strings = {"org-a--b", "org-a-", "org-", "a", ""})
    void refusesAnOrganizationWhoseKeysCouldBeAnothers(String organizationId) {
        assertThatThrownBy(() -> spec(organizationId, VAULT, organizationId + "--kek"))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "20a14814-5ab7-4612-a671-1382b412bf9", "../x", ""})
    void refusesATenantThatIsNoUuid(String tenantId) {
        assertThatThrownBy(() -> new AzureKeySpec(tenantId, VAULT, "org-a--kek", Optional.empty()))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo("tenant_id"));
    }

    @Test
    void takesAVersionOnlyFromAnIdentifierOfItsOwnKey() {
        AzureKeySpec spec = spec("org-a", VAULT, "org-a--kek");

        assertThat(spec.versionOf(VAULT + "keys/org-a--kek/" + VERSION)).isEqualTo(VERSION);
        for (String kid : new String[] {
            VAULT + "keys/org-a--other/" + VERSION,
            "https://other.vault.azure.net/keys/org-a--kek/" + VERSION,
            VAULT + "keys/org-a--kek",
            VAULT + "keys/org-a--kek/" + VERSION + "/x",
            "",
            null
        }) {
            assertThatThrownBy(() -> spec.versionOf(kid)).isInstanceOf(KmsException.class);
        }
    }

    @Test
    void knowsItsKeyWhateverTheCaseOfTheVaultsName() {
        AzureKeySpec spec = spec("org-a", "https://Vault.vault.azure.net", "org-a--Kek");
        assertThat(spec.versionOf("https://vault.vault.azure.net/keys/org-a--kek/" + VERSION))
                .isEqualTo(VERSION);
    }

    @Test
    void keepsTheSecretOfTheGatewayToItself() {
        assertThat(new AzureIdentity.Secret("id", "planted-secret").toString()).doesNotContain("planted-secret");
    }

    private static AzureKeySpec spec(String organizationId, String vaultUri, String keyName) {
        return new AzureKeySpec(TENANT, vaultUri, keyName, Optional.empty())
                .requireUsable(AzureEnvironment.PUBLIC, organizationId);
    }
}
