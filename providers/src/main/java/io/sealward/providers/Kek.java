package io.sealward.providers;

import java.util.concurrent.CompletionStage;

/**
 * One key-encryption key in the tenant's own KMS. The key itself never leaves the KMS; this is the permission to ask.
 *
 * <p>All calls return at once and complete on a thread of the provider, never on the caller's. Every failure completes
 * the stage with a {@link KmsException}, whatever the cloud's SDK threw. Calls are bounded in time and in number by the
 * provider; a caller needs no time-out of its own. Thread-safe.
 */
public interface Kek extends Unwrapper {
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

    /**
     * Asks the KMS to encrypt a secret under this key.
     *
     * @param secret 1 to {@link #MAX_SECRET_BYTES} bytes; copied before the call returns
     * @param context what the secret belongs to; {@link #unwrap} must be given the same
     */
    CompletionStage<WrappedSecret> wrap(byte[] secret, WrapContext context);

    /**
     * Asks whether the KMS still decrypts what {@link #wrap} returned; the secret is wiped at once. Runs in a lane of its own,
     * which no number of wraps and unwraps under way fills or holds up.
     */
    CompletionStage<Void> probe(WrappedSecret sample, WrapContext context);
}
