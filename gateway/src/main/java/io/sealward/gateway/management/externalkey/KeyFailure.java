package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.providers.KmsException;
import java.util.Locale;
import java.util.Optional;

/** A proof that failed, as the API tells it. */
final class KeyFailure {
    private KeyFailure() {}

    static Optional<KmsException> kms(RuntimeException cause) {
        return cause instanceof KmsException kms ? Optional.of(kms) : Optional.empty();
    }

    /** Of a key that has worked: the cloud's own message, under a code that says what became of the key. */
    static ApiException answer(KmsException failure) {
        return answer("external_key_" + status(failure), failure);
    }

    /** Of a set-up that has never worked: nothing of it can have been revoked or destroyed. */
    static ApiException answerUnproven(KmsException failure) {
        return switch (failure.error()) {
            case REVOKED -> answer("external_key_access_denied", failure);
            case DESTROYED -> answer("external_key_not_found", failure);
            default -> answer(failure);
        };
    }

    private static ApiException answer(String code, KmsException failure) {
        return failure.error().passing()
                ? ApiException.upstream(code, failure.getMessage())
                : ApiException.refused(code, failure.getMessage());
    }

    static String status(KmsException failure) {
        return failure.error().name().toLowerCase(Locale.ROOT);
    }
}
