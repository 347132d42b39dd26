package io.sealward.providers;

import java.util.concurrent.CompletionStage;

/**
 * One key-encryption key in the tenant's own KMS. The key itself never leaves the KMS; this is the permission to ask.
 *
 * <p>All calls return at once and complete on a thread of the provider, never on the caller's. Every failure completes
 * the stage with a {@link KmsException}, whatever the cloud's SDK threw. Calls are bounded in time and in number by the
 * provider; a caller needs no time-out of its own. Thread-safe.
 */
public interface Kek extends AutoCloseable {
    /** The largest secret that every provider can wrap together with its context, in bytes. */
    int MAX_SECRET_BYTES = 64;

    /**
     * For the providers' {@link #wrap}.
     *
     * @throws IllegalArgumentException if a secret has not 1 to {@link #MAX_SECRET_BYTES} bytes
     */
    static void requireSecret(byte[] secret) {
        if (secret.length == 0 || secret.length > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has 1 to " + MAX_SECRET_BYTES + " bytes");
        }
    }

    /** The provider's name, as in {@link io.sealward.crypto.key.KekReference#provider()}. */
    String provider();

    /** The provider's id of the key, as in {@link io.sealward.crypto.key.KekReference#keyId()}. */
    String keyId();

    /**
     * Asks the KMS to encrypt a secret under this key.
     *
     * @param secret 1 to {@link #MAX_SECRET_BYTES} bytes; copied before the call returns
     * @param context what the secret belongs to; {@link #unwrap} must be given the same
     */
    CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context);

    /**
     * Asks the KMS to decrypt what {@link #wrap} returned.
     *
     * @return the secret, in an array that the caller owns and should wipe
     */
    CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context);

    /**
     * Asks whether the KMS still decrypts what {@link #wrap} returned; the secret is wiped at once. Runs in a lane of its own,
     * which no number of wraps and unwraps under way fills or holds up.
     */
    CompletionStage<Void> probe(WrappedSecret sample, WrapContext context);

    /** Lets go of connections and credentials. Calls under way may fail. */
    @Override
    void close();
}
