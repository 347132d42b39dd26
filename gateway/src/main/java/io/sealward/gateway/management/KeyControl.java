package io.sealward.gateway.management;

import io.sealward.providers.KmsException;
import java.util.Optional;

/** What the data path of this gateway knows of an external key, and can be told to forget. */
public interface KeyControl {
    /**
     * The outcome of the last call to the key's KMS, leaving out what it would not unwrap: that says nothing of the key.
     *
     * @param checkedAt Unix time in seconds
     * @param failure why it can not be used; empty if it can
     */
    record KeyState(long checkedAt, Optional<KmsException> failure) {}

    /** Empty if this gateway has not used the key yet. Never blocks. */
    Optional<KeyState> state(String externalKeyId);

    /** Wipes from memory all that was unwrapped with the key, and cuts the streams that read with it. Never blocks. */
    void purge(String externalKeyId, String reason);
}
