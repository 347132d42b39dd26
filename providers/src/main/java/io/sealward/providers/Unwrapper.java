package io.sealward.providers;

import java.util.concurrent.CompletionStage;

/** One key in a KMS, as far as who reads needs it. Calls behave as those of a {@link Kek}. Thread-safe. */
public interface Unwrapper extends AutoCloseable {
    /** The provider's name, as in {@link io.sealward.crypto.key.KekReference#provider()}. */
    String provider();

    /** The provider's id of the key, as in {@link io.sealward.crypto.key.KekReference#keyId()}. */
    String keyId();

    /**
     * Asks the KMS to decrypt what {@link Kek#wrap} returned.
     *
     * @return the secret, in an array that the caller owns and should wipe
     */
    CompletionStage<byte[]> unwrap(WrappedSecret wrapped, WrapContext context);

    /** Lets go of connections and credentials. Calls under way may fail. */
    @Override
    void close();
}
