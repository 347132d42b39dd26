package io.sealward.gateway.key;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrappedSecret;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Calls a KEK and tells how it went. Failures are {@link KmsException}s, whatever happened. */
final class KekCalls {
    private final Events events;

    KekCalls(Events events) {
        this.events = events;
    }

    CompletionStage<WrappedSecret> wrap(
            Project project, Keks.Registered kek, byte[] secret, KekCalled.Subject subject) {
        return observed(
                project, kek, KekCalled.Call.WRAP, subject, () -> kek.kek().wrap(secret, subject.context()));
    }

    CompletionStage<byte[]> unwrap(Wrapping asked, KekCalled.Subject subject) {
        return observed(asked.project(), asked.kek(), KekCalled.Call.UNWRAP, subject, () -> asked.kek()
                .kek()
                .unwrap(asked.wrapped(), asked.context()));
    }

    /** Unwraps what was just wrapped; fails as an outage if that is not the secret. */
    CompletionStage<Void> prove(Wrapping wrapped, byte[] secret, KekCalled.Subject subject) {
        return observed(wrapped.project(), wrapped.kek(), KekCalled.Call.PROOF, subject, () -> wrapped.kek()
                .kek()
                .unwrap(wrapped.wrapped(), wrapped.context())
                .handle((plain, failure) -> {
                    if (failure != null && asKmsException(failure).error() != KmsError.CORRUPT) {
                        throw asKmsException(failure);
                    }
                    if (failure != null || !MessageDigest.isEqual(secret, plain)) {
                        throw new KmsException(
                                KmsError.UNREACHABLE, "what the KMS has just wrapped does not unwrap to the same");
                    }
                    Arrays.fill(plain, (byte) 0);
                    return null;
                }));
    }

    CompletionStage<Void> probe(Wrapping sample) {
        KekCalled.Subject subject = KekCalled.Subject.unnamed(sample.context());
        return observed(sample.project(), sample.kek(), KekCalled.Call.CANARY, subject, () -> sample.kek()
                .kek()
                .probe(sample.wrapped(), sample.context()));
    }

    private <T> CompletionStage<T> observed(
            Project project,
            Keks.Registered kek,
            KekCalled.Call call,
            KekCalled.Subject subject,
            Supplier<CompletionStage<T>> ask) {
        long start = System.nanoTime();
        return asked(ask).handle((value, failure) -> {
            long nanos = System.nanoTime() - start;
            Optional<KmsException> error = Optional.ofNullable(failure).map(KekCalls::asKmsException);
            events.tell(new KekCalled(call, project, kek, subject, error, nanos));
            if (error.isPresent()) {
                throw error.get();
            }
            return value;
        });
    }

    /** A provider that throws, against its contract, must not stop the canary. */
    private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> ask) {
        try {
            return ask.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static KmsException asKmsException(Throwable failure) {
        Throwable cause = StageFailure.cause(failure);
        return cause instanceof KmsException e
                ? e
                : new KmsException(KmsError.UNREACHABLE, "the KMS call failed unexpectedly", cause);
    }
}
