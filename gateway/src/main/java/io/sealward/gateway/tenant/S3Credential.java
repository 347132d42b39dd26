package io.sealward.gateway.tenant;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.policy.Caller;
import io.sealward.gateway.policy.Policy;
import java.util.Optional;

/**
 * An access key and the project it speaks for.
 *
 * @param policy what it may do in its project; empty for all
 * @param assumed the role that a temporary one stands for; empty for one that lasts
 */
public record S3Credential(
        String accessKeyId,
        String secretAccessKey,
        Project project,
        Optional<Policy> policy,
        Optional<AssumedRole> assumed)
        implements Sender {
    public S3Credential {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(secretAccessKey, "secretAccessKey");
        requireNonNull(project, "project");
        requireNonNull(policy, "policy");
        requireNonNull(assumed, "assumed");
    }

    /** One that lasts. */
    public S3Credential(String accessKeyId, String secretAccessKey, Project project, Optional<Policy> policy) {
        this(accessKeyId, secretAccessKey, project, policy, Optional.empty());
    }

    /** One that lasts, and may do all in its project. */
    public S3Credential(String accessKeyId, String secretAccessKey, Project project) {
        this(accessKeyId, secretAccessKey, project, Optional.empty());
    }

    /** A temporary one. */
    public static S3Credential of(String accessKeyId, String secretAccessKey, AssumedRole assumed, Role role) {
        return new S3Credential(
                accessKeyId, secretAccessKey, role.project(), assumed.policy(role), Optional.of(assumed));
    }

    /** A temporary one as its role makes it now; empty if that is not the role that was taken on. */
    public Optional<S3Credential> under(Role role) {
        return assumed.filter(taken -> taken.isOf(role)).map(taken -> of(accessKeyId, secretAccessKey, taken, role));
    }

    /** Whom policies take it for: the access key id, or the role. */
    public String username() {
        return assumed.map(taken -> Role.username(taken.role())).orElse(accessKeyId);
    }

    @Override
    public String sharer() {
        return project.id();
    }

    @Override
    public Optional<Caller> caller() {
        return Optional.of(new Caller(project.id(), accessKeyId, assumed.isPresent()));
    }

    @Override
    public Optional<String> knownAs() {
        return Optional.of(username());
    }

    @Override
    public boolean mayBeLetInto(String organizationId) {
        return project.organizationId().equals(organizationId);
    }

    /** Without the secret: a credential may be logged. */
    @Override
    public String toString() {
        return "S3Credential[" + accessKeyId + ", " + project.id() + "]";
    }
}
