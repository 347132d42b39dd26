package io.sealward.providers;

import java.util.concurrent.CompletionException;

/** What a stage failed with: stages that depend on it see it inside a {@link CompletionException}, others do not. */
public final class StageFailure {
    private StageFailure() {}

    /** The failure itself, out of as many {@link CompletionException}s as it is in. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The failure itself as what a stage may throw: what is checked, or an error, is in one {@link CompletionException}. */
    public static RuntimeException unchecked(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }
}
