package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.util.Optional;

/**
 * A KMS call for a project has ended.
 *
 * @param failure empty if it succeeded
 * @param nanos that it took, with whatever retries
 */
public record KekCalled(Call call, Project project, Keks.Registered kek, Optional<KmsException> failure, long nanos)
        implements Event {
    /** What was asked of the KMS. */
    public enum Call {
        WRAP,
        UNWRAP,
        /** Unwraps what was just wrapped, before anything is sealed with it. */
        PROOF,
        CANARY
    }
}
