package io.sealward.providers.azure;

/**
 * The Azure clouds, each with its own directory and its own vault addresses; a vault elsewhere is never called.
 *
 * @see <a href="https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates">Vault DNS suffixes</a>
 */
public enum AzureEnvironment {
    PUBLIC("https://login.microsoftonline.com/", "azure.net"),
    US_GOVERNMENT("https://login.microsoftonline.us/", "usgovcloudapi.net"),
    CHINA("https://login.partner.microsoftonline.cn/", "azure.cn");

    private final String authorityHost;
    private final String domain;

    AzureEnvironment(String authorityHost, String domain) {
        this.authorityHost = authorityHost;
        this.domain = domain;
    }

    /** Where tokens come from, as a URL that ends in a slash. */
    String authorityHost() {
        return authorityHost;
    }

    /** What every vault's host name ends in, behind a dot. */
    public String vaultSuffix() {
        return KeyService.KEY_VAULT.host(this);
    }

    /** What the addresses of its services end in. */
    String domain() {
        return domain;
    }
}
