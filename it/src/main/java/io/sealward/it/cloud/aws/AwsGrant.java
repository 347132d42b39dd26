package io.sealward.it.cloud.aws;

import java.util.Map;
import java.util.Set;

/**
 * One statement of a policy that allows.
 *
 * @param actions such as {@code kms:Encrypt}; {@code kms:*} is all of a service's
 * @param resource an ARN, or {@code *}
 * @param encryptionContext what {@code kms:EncryptionContext:NAME} must equal, by NAME (KMS Developer Guide, Condition keys)
 */
public record AwsGrant(Set<String> actions, String resource, Map<String, String> encryptionContext) {
    public AwsGrant {
        actions = Set.copyOf(actions);
        encryptionContext = Map.copyOf(encryptionContext);
    }

    /** Encrypt and Decrypt on one key, under any context. */
    public static AwsGrant useOf(FakeKey key) {
        return new AwsGrant(Set.of("kms:Encrypt", "kms:Decrypt"), key.arn(), Map.of());
    }

    boolean allows(String action, String arn, Map<String, String> context) {
        String all = action.substring(0, action.indexOf(':')) + ":*";
        return (actions.contains(action) || actions.contains(all))
                && (resource.equals("*") || resource.equals(arn))
                && context.entrySet().containsAll(encryptionContext.entrySet());
    }
}
