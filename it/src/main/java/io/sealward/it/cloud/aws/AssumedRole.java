package io.sealward.it.cloud.aws;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A role as somebody assumed it.
 *
 * @param policy the session policy, which narrows the role's own; empty for none
 */
record AssumedRole(
        SigningKey key, String token, FakeRole role, String name, Optional<List<AwsGrant>> policy, Instant expires) {
    /** IAM User Guide, session policies: what both the role and the session policy allow. */
    void require(String action, String resource, Map<String, String> context) throws AwsRefusal {
        if (!role.allows(action, resource, context)) {
            throw denied(action, resource, "identity-based");
        }
        if (policy.isPresent() && policy.get().stream().noneMatch(grant -> grant.allows(action, resource, context))) {
            throw denied(action, resource, "session");
        }
    }

    String arn() {
        String[] parts = role.arn().split(":", -1);
        String roleName = parts[5].substring(parts[5].lastIndexOf('/') + 1);
        return "arn:" + parts[1] + ":sts::" + parts[4] + ":assumed-role/" + roleName + "/" + name;
    }

    private AwsRefusal denied(String action, String resource, String policyKind) {
        return new AwsRefusal(
                400,
                "AccessDeniedException",
                "User: " + arn() + " is not authorized to perform: " + action + " on resource: " + resource
                        + " because no " + policyKind + " policy allows the " + action + " action");
    }

    @Override
    public String toString() {
        return "AssumedRole[" + arn() + "]";
    }
}
