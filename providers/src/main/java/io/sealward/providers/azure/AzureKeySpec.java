package io.sealward.providers.azure;

import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.SpecField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An RSA key in a tenant's Key Vault or Managed HSM, as the tenant registers it. Azure has no external id that would tie a vault to one
 * customer of the gateway, so the key's own name must begin with the id of the organization that may use it.
 *
 * @param tenantId the directory of the vault's subscription, a UUID
 * @param vaultUri {@code https://<vault>.vault.azure.net/} or {@code https://<hsm>.managedhsm.azure.net/}, or one of another
 *     Azure cloud, the last slash optional
 * @param keyVersion the version to wrap under; empty for whichever is current
 */
public record AzureKeySpec(String tenantId, String vaultUri, String keyName, Optional<String> keyVersion)
        implements KeySpec {
    private static final int MAX_KEY_NAME_CHARS = 127;
    private static final Pattern ORGANIZATION = Pattern.compile("org-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)*");

    private static final SpecField TENANT = SpecField.required(
                    "tenant_id", "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", 36)
            .describedAs("The directory's id.");
    /** Names of vaults and of managed HSMs are 3 to 24 letters, digits and single dashes, and start with a letter. */
    private static final SpecField VAULT = SpecField.required(
                    "vault_uri",
                    "^https://(?=[0-9a-zA-Z-]{3,24}\\.)[a-zA-Z](-?[0-9a-zA-Z])*"
                            + "\\.(vault|managedhsm)\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)/?$",
                    128)
            .describedAs("Of a vault, or of a managed HSM.");

    private static final SpecField KEY_NAME = SpecField.required(
                    "key_name", "^org-[0-9a-zA-Z-]*--[0-9a-zA-Z-]*$", MAX_KEY_NAME_CHARS)
            .describedAs("The organization's id, two dashes, any name.");
    private static final SpecField KEY_VERSION = SpecField.optional("key_version", "^[0-9a-f]{32}$", 32);

    static final List<SpecField> FIELDS = List.of(TENANT, VAULT, KEY_NAME, KEY_VERSION);

    /** @throws InvalidKeySpecException naming the first field that is missing or malformed */
    public AzureKeySpec {
        TENANT.require(tenantId);
        VAULT.require(vaultUri);
        KEY_NAME.require(keyName);
        KEY_VERSION.require(keyVersion);
    }

    static AzureKeySpec of(Map<String, String> values) {
        return new AzureKeySpec(
                values.get("tenant_id"),
                values.get("vault_uri"),
                values.get("key_name"),
                Optional.ofNullable(values.get("key_version")));
    }

    /**
     * Passes this spec through, if it may be used by this gateway for this organization.
     *
     * @param cloud the one whose vaults are accepted
     * @param organizationId who registers the key, from the caller's credentials and never from its request
     * @throws InvalidKeySpecException if the vault is elsewhere, or the key's name is not the organization's
     */
    public AzureKeySpec requireUsable(AzureEnvironment cloud, String organizationId) {
        if (environment() != cloud) {
            throw new InvalidKeySpecException(
                    "vault_uri",
                    "Invalid 'vault_uri': expected the address of a vault or managed HSM in " + cloud.domain() + ".");
        }
        if (!ORGANIZATION.matcher(organizationId).matches()) {
            throw new InvalidKeySpecException(
                    "key_name",
                    "No key name can be told to be that of the organization '" + organizationId + "' alone.");
        }
        if (!carries(organizationId, keyName)) {
            throw new InvalidKeySpecException(
                    "key_name", "Invalid 'key_name': the name must begin with '" + organizationId + "--'.");
        }
        return this;
    }

    @Override
    public String type() {
        return AzureKek.PROVIDER;
    }

    @Override
    public SortedMap<String, String> fields() {
        SortedMap<String, String> fields = new TreeMap<>();
        fields.put("tenant_id", tenantId);
        fields.put("vault_uri", vaultUri);
        fields.put("key_name", keyName);
        keyVersion.ifPresent(version -> fields.put("key_version", version));
        return fields;
    }

    /** Names of vaults and keys do not mind case. */
    @Override
    public String kek() {
        return "azure:" + keyUrl().toLowerCase(Locale.ROOT);
    }

    @Override
    public Owner owner() {
        return Owner.inName("key_name", keyName);
    }

    /** The cloud that the vault is in. */
    AzureEnvironment environment() {
        String address = vault();
        return Arrays.stream(AzureEnvironment.values())
                .filter(cloud -> address.endsWith("." + cloud.domain()))
                .findFirst()
                .orElseThrow(); // the pattern has no other
    }

    /** The key's URL without a version, which is also the id of the KEK. */
    public String keyUrl() {
        return vault() + "/keys/" + keyName;
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

    /** Where the key is. */
    KeyService service() {
        return KeyService.at(vault(), environment());
    }

    static boolean isVault(String address) {
        return VAULT.matches(address);
    }

    static boolean isVersion(String version) {
        return KEY_VERSION.matches(version);
    }

    private String vault() {
        return vaultUri.endsWith("/") ? vaultUri.substring(0, vaultUri.length() - 1) : vaultUri;
    }

    /** Whether a key of this name can be registered by this organization. */
    public static boolean canName(String keyName, String organizationId) {
        return ORGANIZATION.matcher(organizationId).matches()
                && keyName.length() <= MAX_KEY_NAME_CHARS
                && carries(organizationId, keyName);
    }

    private static boolean carries(String organizationId, String keyName) {
        return KEY_NAME.matches(keyName) && keyName.startsWith(organizationId + "--");
    }
}
