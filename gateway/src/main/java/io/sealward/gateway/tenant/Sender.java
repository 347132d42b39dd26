package io.sealward.gateway.tenant;

import io.sealward.gateway.policy.Caller;
import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/** Who sent a request: whoever has signed it, or nobody that is known. */
public sealed interface Sender permits S3Credential, UnknownSender {
    /**
     * The owner of the share of all that is bounded, at the store and of memory, from which its requests take: its project, and
     * for all that are not known one together.
     */
    String sharer();

    /** As policies of buckets name it; empty if it is not known. */
    Optional<Caller> caller();

    /** Whom the policies of credentials take it for; empty if it is not known. */
    Optional<String> knownAs();

    /** What it may do, as far as its credential says; empty for all. */
    Optional<Policy> policy();

    /** Whether it is a credential of that project. */
    default boolean speaksFor(Project project) {
        return caller().filter(known -> known.project().equals(project.id())).isPresent();
    }

    /** Whether a policy of a bucket can let it in at all: nobody of another organization, whatever the policy says. */
    boolean mayBeLetInto(String organizationId);
}
