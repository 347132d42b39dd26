package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/**
 * An access key and the project it speaks for.
 *
 * @param policy what it may do in its project; empty for all
 */
public record S3Credential(String accessKeyId, String secretAccessKey, Project project, Optional<Policy> policy) {
    public S3Credential {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
        requireNonNull(project, "project");
        requireNonNull(policy, "policy");
    }

    /** One that may do all in its project. */
    public S3Credential(String accessKeyId, String secretAccessKey, Project project) {
        this(accessKeyId, secretAccessKey, project, Optional.empty());
    }

    /** Without the secret: a credential may be logged. */
    @Override
    public String toString() {
        return "S3Credential[" + accessKeyId + ", " + project.id() + "]";
    }
}
