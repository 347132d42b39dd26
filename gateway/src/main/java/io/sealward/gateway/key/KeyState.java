package io.sealward.gateway.key;

import io.sealward.providers.KmsException;
import java.time.Instant;
import java.util.Optional;

/**
 * How an external key stands: what the last question to its KMS brought, be it asked by a request, the canary or a proof.
 *
 * @param checkedAt of the last answer
 * @param since when it stands so
 * @param failure why it cannot be used; empty if it can
 */
public record KeyState(Instant checkedAt, Instant since, Optional<KmsException> failure) {
    KeyState then(Instant now, Optional<KmsException> next) {
        boolean same = failure.map(KmsException::error).equals(next.map(KmsException::error));
        return new KeyState(now, same ? since : now, next);
    }
}
