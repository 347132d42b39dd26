package io.sealward.gateway.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sealward.crypto.algorithm.Sha256;
import io.sealward.gateway.identity.Trust;
import io.sealward.gateway.policy.Policy;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A role of a project: what somebody for whom an identity provider vouches may do there, for a while.
 *
 * @param generation another one for each role that has had the name, and for each trust that it has had
 * @param trust who may take it on
 * @param policy what it may do in its project; empty for all
 * @param longest how long it may be taken on for
 */
public record Role(
        String name, String generation, Project project, Trust trust, Optional<Policy> policy, Duration longest) {
    public static final Duration SHORTEST_SESSION = Duration.ofMinutes(15);
    public static final Duration LONGEST_SESSION = Duration.ofHours(12);
    public static final Duration DEFAULT_LONGEST = Duration.ofHours(1);

    /** What its name can be, as IAM has it. */
    public static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");

    public Role {
        requireNonNull(name, "name");
        requireNonNull(generation, "generation");
        requireNonNull(project, "project");
        requireNonNull(trust, "trust");
        requireNonNull(policy, "policy");
        requireNonNull(longest, "longest");
    }

    /** The generation of a role with an id of its own and a trust. */
    public static String generation(String id, Trust trust) {
        return Sha256.hex((id + '\n' + trust.text()).getBytes(UTF_8)).substring(0, 32);
    }

    /** Whom policies take it for: no access key id has a slash. */
    public static String username(String name) {
        return "role/" + name;
    }

    /** By which clients name it. */
    public String arn() {
        return arn(project.organizationId(), project.id(), name);
    }

    /** By which clients name a role. */
    public static String arn(String organizationId, String projectId, String name) {
        return "arn:aws:iam::" + organizationId + ":role/" + projectId + '/' + name;
    }
}
