package io.sealward.providers.azure;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.SpecField;
import java.util.Optional;

/**
 * An RSA key in a tenant's Key Vault, as the tenant registers it. Azure has no external id that would tie a vault to one
 * customer of the gateway, so the key's own name must begin with the id of the organization that may use it.
 *
 * @param environment the cloud whose vault addresses are accepted
 * @param organizationId who registers the key, from the caller's credentials and never from its request
 * @param tenantId the directory of the vault's subscription, a UUID
 * @param vaultUri {@code https://<vault>.vault.azure.net/}, the last slash optional
 * @param keyVersion the version to wrap under; empty for whichever is current
 */
public record AzureKeySpec(
        AzureEnvironment environment,
        String organizationId,
        String tenantId,
        String vaultUri,
        String keyName,
        Optional<String> keyVersion) {
    private static final SpecField ORGANIZATION = SpecField.of("organization_id", "^org-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)*$");
    private static final SpecField TENANT =
            SpecField.of("tenant_id", "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$");
    private static final SpecField KEY_NAME = SpecField.of("key_name", "^org-[0-9a-zA-Z-]*--[0-9a-zA-Z-]*$");
    private static final SpecField KEY_VERSION = SpecField.of("key_version", "^[0-9a-f]{32}$");
    private static final int MAX_KEY_NAME_CHARS = 127;

    /** @throws InvalidKeySpecException naming the first field that is missing or malformed */
    public AzureKeySpec {
        ORGANIZATION.require(organizationId);
        TENANT.require(tenantId);
        vaultAddress(environment).require(vaultUri);
        if (!vaultUri.endsWith("/")) {
            vaultUri = vaultUri + "/";
        }
        KEY_NAME.require(keyName);
        if (keyName.length() > MAX_KEY_NAME_CHARS) {
            throw new InvalidKeySpecException(
                    "key_name", "Invalid 'key_name': Key Vault allows " + MAX_KEY_NAME_CHARS + " characters at most.");
        }
        if (!carries(organizationId, keyName)) {
            throw new InvalidKeySpecException(
                    "key_name", "Invalid 'key_name': the name must begin with '" + organizationId + "--'.");
        }
        keyVersion.ifPresent(KEY_VERSION::require);
    }

    /** The key's URL without a version, which is also the id of the KEK. */
    public String keyUrl() {
        return vaultUri + "keys/" + keyName;
    }

    /**
     * The version in a key identifier that the vault answered with.
     *
     * @throws KmsException {@link KmsError#UNREACHABLE} if it is not one of this key
     */
    String versionOf(String kid) {
        String prefix = keyUrl() + "/";
        if (kid == null
                || !kid.regionMatches(true, 0, prefix, 0, prefix.length())
                || !isVersion(kid.substring(prefix.length()))) {
            throw new KmsException(KmsError.UNREACHABLE, "Key Vault answered for another key than " + keyUrl() + ".");
        }
        return kid.substring(prefix.length());
    }

    static boolean isVersion(String version) {
        return KEY_VERSION.pattern().matcher(version).matches();
    }

    /** Vault names are 3 to 24 letters, digits and single dashes, and start with a letter. */
    private static SpecField vaultAddress(AzureEnvironment environment) {
        return SpecField.of(
                "vault_uri",
                "^https://(?=[0-9a-zA-Z-]{3,24}\\.)[a-zA-Z](-?[0-9a-zA-Z])*\\."
                        + environment.vaultSuffix().replace(".", "\\.") + "/?$");
    }

    /** Whether a key of this name can be registered by this organization. */
    public static boolean canName(String keyName, String organizationId) {
        return ORGANIZATION.pattern().matcher(organizationId).matches()
                && keyName.length() <= MAX_KEY_NAME_CHARS
                && carries(organizationId, keyName);
    }

    private static boolean carries(String organizationId, String keyName) {
        return KEY_NAME.pattern().matcher(keyName).matches() && keyName.startsWith(organizationId + "--");
    }
}
