package io.sealward.crypto.key;

import static java.util.Objects.requireNonNull;

/**
 * Names the KEK that wrapped an object's secret, exactly enough to ask for the unwrap years later. Stored in clear with
 * the object and bound into its sealed DEK.
 *
 * @param externalKeyId the key's registration, {@code extkey_...}, or a name from the configuration
 * @param provider {@code aws}, {@code gcp}, {@code azure} or {@code local}
 * @param keyId the provider's own id of the key: a key ARN, a CryptoKey resource name, a Key Vault key URL, an alias
 * @param keyVersion the version that wrapped, as the provider names it; empty where the provider does not say
 */
public record KekReference(String externalKeyId, String provider, String keyId, String keyVersion) {
    public KekReference {
        requireNonNull(externalKeyId, "externalKeyId");
        requireNonNull(provider, "provider");
        requireNonNull(keyId, "keyId");
        requireNonNull(keyVersion, "keyVersion");
    }
}
