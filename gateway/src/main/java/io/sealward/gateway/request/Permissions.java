package io.sealward.gateway.request;

import io.sealward.gateway.tenant.Admission;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Says whether the sender of a request may do what the head of the request did not tell: on keys that its body names,
 * on the source of a copy.
 */
public interface Permissions {
    /** Whether it may do all of these in the request's own bucket, as {@link Rights} names them. */
    boolean allow(List<String> actions, Place place);

    /**
     * What another object is read under.
     *
     * @param claim of its bucket
     * @param actions that reading it takes
     * @return holds while the sender may do that; fails with AccessDenied
     */
    CompletionStage<Admission> toRead(Admission claim, Place place, Optional<String> versionId, List<String> actions);
}
