package io.sealward.it.cloud.gcp;

/**
 * The states of a CryptoKeyVersion that matter to its users.
 *
 * @see <a href="https://cloud.google.com/kms/docs/key-states">Cloud KMS, key states</a>
 */
public enum VersionState {
    ENABLED,
    DISABLED,
    DESTROY_SCHEDULED,
    DESTROYED
}
