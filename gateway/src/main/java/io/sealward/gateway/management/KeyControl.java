package io.sealward.gateway.management;

import io.sealward.providers.KmsException;
import java.util.Optional;

/** How external keys stand with this gateway, and who tells it of proofs. */
public interface KeyControl {
    /**
     * The outcome of the last call to the key's KMS, leaving out what it would not unwrap: that says nothing of the key.
     *
     * @param checkedAt Unix time in seconds
     * @param failure why it cannot be used; empty if it can
     */
    record KeyState(long checkedAt, Optional<KmsException> failure) {}

    /** Empty if nobody has asked the key's KMS for this gateway yet. Never blocks. */
    Optional<KeyState> state(String externalKeyId);

    /**
     * A proof of the key ended: it stands so from now on. One that was denied has what is in use of the key tried at once,
     * and dropped where that is denied too. Never blocks.
     *
     * @param provider as {@link io.sealward.providers.Kek#provider()}
     */
    void proved(String externalKeyId, String provider, Optional<KmsException> failure);
}
