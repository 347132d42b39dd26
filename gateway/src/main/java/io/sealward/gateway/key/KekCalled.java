package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import io.sealward.providers.WrapContext;
import java.util.Optional;

/**
 * A KMS call for a project has ended.
 *
 * @param subject what it was asked for
 * @param failure empty if it succeeded
 * @param nanos that it took, with whatever retries
 */
public record KekCalled(
        Call call, Project project, Keks.Registered kek, Subject subject, Optional<KmsException> failure, long nanos)
        implements Event {
    /**
     * What the secret protects, and who asks for it.
     *
     * @param context as the KMS was told it
     * @param object the key of the object it was asked for, where it is of one alone; empty where nobody knows it any more
     * @param accessKeyId of the client's credential, of the first one where several share the answer; empty where none was given, or
     *     the gateway itself asks
     */
    public record Subject(WrapContext context, Optional<String> object, Optional<String> accessKeyId) {
        /** Of the gateway itself. */
        static Subject unnamed(WrapContext context) {
            return new Subject(context, Optional.empty(), Optional.empty());
        }
    }

    /** What was asked of the KMS. */
    public enum Call {
        WRAP,
        UNWRAP,
        /** Unwraps what was just wrapped, before anything is sealed with it. */
        PROOF,
        CANARY
    }
}
