package io.sealward.providers;

import static java.util.Objects.requireNonNull;

/**
 * A secret as the KMS encrypted it.
 *
 * @param keyVersion the version of the KEK that did it, empty where the provider does not say (AWS)
 * @param ciphertext the KMS's own opaque bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record WrappedSecret(String keyVersion, byte[] ciphertext) {
    public WrappedSecret {
        requireNonNull(keyVersion, "keyVersion");
        requireNonNull(ciphertext, "ciphertext");
    }
}
