package io.sealward.gateway.key;

import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.WrappedSecret;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Calls a KEK and tells {@link KeyEvents} how it went. Failures are {@link KmsException}s, whatever happened. */
final class KekCalls {
    private final KeyEvents events;

    KekCalls(KeyEvents events) {
        this.events = events;
    }

    CompletionStage<WrappedSecret> wrap(Project project, Keks.Registered kek, byte[] secret, WrapContext context) {
        return observed(project, kek, KeyEvents.Call.WRAP, kek.kek().wrap(secret, context));
    }

    CompletionStage<byte[]> unwrap(
            Project project, Keks.Registered kek, KeyEvents.Call purpose, WrappedSecret wrapped, WrapContext context) {
        return observed(project, kek, purpose, kek.kek().unwrap(wrapped, context));
    }

    private <T> CompletionStage<T> observed(
            Project project, Keks.Registered kek, KeyEvents.Call call, CompletionStage<T> stage) {
        long start = System.nanoTime();
        return stage.handle((value, failure) -> {
            long nanos = System.nanoTime() - start;
            if (failure == null) {
                events.called(call, project, kek, Optional.empty(), nanos);
                return value;
            }
            KmsException error = asKmsException(failure);
            events.called(call, project, kek, Optional.of(error), nanos);
            throw error;
        });
    }

    private static KmsException asKmsException(Throwable failure) {
        Throwable cause = KmsFailure.unwrapped(failure);
        return cause instanceof KmsException e
                ? e
                : new KmsException(KmsError.UNREACHABLE, "the KMS call failed unexpectedly", cause);
    }
}
