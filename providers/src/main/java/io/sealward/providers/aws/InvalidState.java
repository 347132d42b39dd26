package io.sealward.providers.aws;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What stands behind a {@code KMSInvalidStateException}: the state of the key, or, for a key in an external key store, any
 * failure whatsoever. KMS tells them apart by the message alone. What it does not say for certain to be the tenant's act, a
 * key store that is disconnected among it, is an outage.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of KMS keys</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/xks-troubleshooting.html">Troubleshooting external
 *     key stores</a>
 */
enum InvalidState {
    PENDING_DELETION(KmsError.DESTROYED, "is pending (replica )?deletion", "Cancel the key's deletion, and enable it."),
    PENDING_IMPORT(KmsError.REVOKED, "is pending import", "Import the key's material again."),
    EXTERNAL_DENIED(
            KmsError.REVOKED,
            "external key store proxy denied access to the operation",
            "Allow the role and the operation at the external key store proxy."),
    EXTERNAL_DISABLED(
            KmsError.REVOKED,
            "external key is not enabled in the external key manager",
            "Enable the external key in its manager."),
    EXTERNAL_MISSING(
            KmsError.REVOKED,
            "external key store proxy rejected the request because it could not find the external key",
            "Give the external key its id back."),
    EXTERNAL_USAGE(
            KmsError.MISCONFIGURED,
            "external key does not support the requested operation",
            "Let the external key encrypt and decrypt."),
    EXTERNAL_CORRUPT(
            KmsError.CORRUPT,
            "rejected the request because the specified ciphertext or additional authenticated data is corrupted",
            ""),
    OUTAGE(KmsError.UNREACHABLE, "", "See that the key's key store is connected and answers.");

    private final KmsError error;
    private final Pattern words;
    private final String cure;

    InvalidState(KmsError error, String words, String cure) {
        this.error = error;
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
        this.cure = cure;
    }

    /** The first whose words are in the message; the last has none and fits all. */
    static InvalidState of(String message) {
        return Arrays.stream(values())
                .filter(state -> state.words.matcher(message).find())
                .findFirst()
                .orElse(OUTAGE);
    }

    KmsException fault(String said) {
        return KmsException.advising(error, said, cure);
    }
}
