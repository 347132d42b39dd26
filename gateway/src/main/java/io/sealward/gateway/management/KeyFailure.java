package io.sealward.gateway.management;

import io.sealward.providers.KmsException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** A proof that failed, as the API tells it. */
final class KeyFailure {
    private KeyFailure() {}

    /** What a stage failed with, out of its wrapping. */
    static RuntimeException cause(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }

    static Optional<KmsException> kms(RuntimeException cause) {
        return cause instanceof KmsException kms ? Optional.of(kms) : Optional.empty();
    }

    /** The cloud's own message, under a code that says which kind of failure it is. */
    static ApiException answer(KmsException failure) {
        return ApiException.refused("external_key_" + status(failure), failure.getMessage());
    }

    static String status(KmsException failure) {
        return failure.error().name().toLowerCase(Locale.ROOT);
    }
}
