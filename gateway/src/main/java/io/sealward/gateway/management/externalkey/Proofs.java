package io.sealward.gateway.management.externalkey;

import io.sealward.gateway.management.http.ApiException;
import io.sealward.providers.InvalidKeySpecException;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import io.sealward.providers.WrapContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Live proofs of keys, few at a time for each organization, so that a slow cloud is its own tenant's trouble only. */
final class Proofs {
    private static final int MAX_PER_ORGANIZATION = 4;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KekOpener opener;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    Proofs(KekOpener opener) {
        this.opener = opener;
    }

    /**
     * Fails with the {@link KmsException} of the provider, or with an {@link ApiException}.
     *
     * @param context as the data path would show it to the key
     */
    CompletionStage<Void> prove(String organizationId, KeySpec spec, WrapContext context) {
        if (running.merge(organizationId, 1, Integer::sum) > MAX_PER_ORGANIZATION) {
            finished(organizationId);
            return CompletableFuture.failedFuture(
                    ApiException.tooMany("Too many validations are running for this organization. Try again later."));
        }
        return start(organizationId, spec, context)
                .toCompletableFuture()
                .copy()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((passed, failure) -> finished(organizationId))
                .exceptionally(failure -> {
                    throw known(failure);
                });
    }

    private CompletionStage<Void> start(String organizationId, KeySpec spec, WrapContext context) {
        try {
            return opener.check(organizationId, spec, context).run();
        } catch (InvalidKeySpecException e) {
            return CompletableFuture.failedFuture(ApiException.invalid(e.field(), "invalid_value", e.getMessage()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void finished(String organizationId) {
        running.computeIfPresent(organizationId, (id, count) -> count == 1 ? null : count - 1);
    }

    private static RuntimeException known(Throwable failure) {
        return StageFailure.cause(failure) instanceof TimeoutException
                ? new KmsException(
                        KmsError.UNREACHABLE,
                        "The key's cloud did not answer within " + PATIENCE.toSeconds() + " seconds.")
                : StageFailure.unchecked(failure);
    }
}
