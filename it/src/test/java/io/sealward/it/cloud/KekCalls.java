package io.sealward.it.cloud;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import io.sealward.providers.resilience.CallLimits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for what a KEK answers, in the tests of every provider. A call of a KEK has a deadline, so waiting ends. */
public final class KekCalls {
    public static final WrapContext CONTEXT =
            WrapContext.of(Map.of("organization_id", "org-a", "project_id", "proj_1", "bucket", "photos"));
    public static final WrapContext OTHER_CONTEXT =
            WrapContext.of(Map.of("organization_id", "org-a", "project_id", "proj_2", "bucket", "photos"));

    /** One attempt, so that the calls that arrive are the calls that were made. */
    public static final CallLimits ONE_ATTEMPT = new CallLimits(4, 64, 1, Duration.ofMinutes(2), Duration.ofMillis(1));

    private KekCalls() {}

    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** The failure of a call that must not succeed. */
    public static KmsException failureOf(CompletionStage<?> stage) {
        CompletionException thrown = catchThrowableOfType(CompletionException.class, () -> await(stage));
        return (KmsException) thrown.getCause();
    }
}
