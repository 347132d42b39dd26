package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.providers.KmsException;
import java.util.Optional;

/** How external keys stand with this gateway, and who tells it of proofs. */
public interface KeyControl {
    /** Empty if nobody has asked the key's KMS for this gateway yet. Never blocks. */
    Optional<KeyState> state(String externalKeyId);

    /**
     * A proof of the key ended: it stands so from now on. One that was denied has what is in use of the key tried at once,
     * and dropped where that is denied too. Never blocks.
     */
    void proved(KeyStands.Key key, Optional<KmsException> failure);
}
