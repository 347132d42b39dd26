package io.sealward.it.cloud.aws;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;

/** A symmetric KMS key and what its owner can do with it. Thread-safe. */
public final class FakeKey {
    /** KMS API Reference, KeyMetadata, KeyState: those in which a caller can meet a key, and gone for good. */
    public enum State {
        ENABLED,
        DISABLED,
        PENDING_DELETION,
        PENDING_IMPORT,
        UNAVAILABLE,
        DELETED
    }

    private final String arn;
    private final byte[] material = new byte[32];
    private final PlannedFaults faults = new PlannedFaults();
    private volatile State state = State.ENABLED;

    FakeKey(String arn) {
        this.arn = arn;
        new SecureRandom().nextBytes(material);
    }

    public String arn() {
        return arn;
    }

    public void enable() {
        state = State.ENABLED;
    }

    public void disable() {
        state = State.DISABLED;
    }

    public void scheduleDeletion() {
        state = State.PENDING_DELETION;
    }

    public void become(State other) {
        state = other;
    }

    /** What goes wrong with calls to this key alone. */
    public PlannedFaults faults() {
        return faults;
    }

    /** KMS Developer Guide, Key states of KMS keys: Encrypt and Decrypt. */
    void requireUsable() throws AwsRefusal {
        switch (state) {
            case ENABLED -> {}
            case DISABLED -> throw new AwsRefusal(400, "DisabledException", arn + " is disabled.");
            case PENDING_DELETION -> throw invalid("is pending deletion.");
            case PENDING_IMPORT -> throw invalid("is pending import.");
            case UNAVAILABLE -> throw invalid("is unavailable: its custom key store is disconnected.");
            case DELETED -> throw new AwsRefusal(400, "NotFoundException", "Key '" + arn + "' does not exist");
        }
    }

    byte[] encrypt(byte[] plaintext, Map<String, String> context) throws GeneralSecurityException {
        return KmsBlob.seal(arn, material, plaintext, context);
    }

    /** A blob of another key is {@code IncorrectKeyException}; one that does not open is {@code InvalidCiphertextException}. */
    byte[] decrypt(byte[] blob, Map<String, String> context) throws AwsRefusal, GeneralSecurityException {
        if (!KmsBlob.keyOf(blob).equals(arn)) {
            throw new AwsRefusal(
                    400,
                    "IncorrectKeyException",
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        }
        return KmsBlob.open(material, blob, context);
    }

    private AwsRefusal invalid(String why) {
        return new AwsRefusal(400, "KMSInvalidStateException", arn + " " + why);
    }
}
