package io.sealward.gateway.config;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.tenant.KeyMode;
import java.util.List;
import java.util.Optional;

/**
 * A project known without a registry.
 *
 * @param organization {@code org-...}
 * @param project {@code proj_...}
 * @param keyMode how many objects share one wrapped secret
 * @param credentials the access keys that speak for it
 * @param roles that speak for it while somebody has taken them on; there is one, or a credential
 * @param store its own credential at the store; empty for the gateway's
 * @param buckets names it owns, {@code *} at the end of one stands for any ending; the only project may own them all
 * @param bucketPolicies of its buckets that have one
 * @param mixedBuckets names of its buckets that may hold objects without a seal, served as they are
 */
public record ProjectConfig(
        String organization,
        String project,
        KeyMode keyMode,
        List<ClientConfig> credentials,
        List<RoleConfig> roles,
        Optional<CredentialConfig> store,
        List<String> buckets,
        List<BucketPolicyConfig> bucketPolicies,
        List<String> mixedBuckets) {
    public static final List<String> ALL_BUCKETS = List.of("*");

    public ProjectConfig {
        requireNonNull(organization, "organization");
        requireNonNull(project, "project");
        requireNonNull(keyMode, "keyMode");
        credentials = List.copyOf(credentials);
        roles = List.copyOf(roles);
        requireNonNull(store, "store");
        buckets = List.copyOf(buckets);
        bucketPolicies = List.copyOf(bucketPolicies);
        mixedBuckets = List.copyOf(mixedBuckets);
    }

    /** One credential, a KEK call per object, all buckets. */
    public static ProjectConfig of(String organization, String project, String accessKey, String secretKey) {
        return new ProjectConfig(
                organization,
                project,
                KeyMode.PER_OBJECT,
                List.of(new ClientConfig(accessKey, new Secret(secretKey), Optional.empty())),
                List.of(),
                Optional.empty(),
                ALL_BUCKETS,
                List.of(),
                List.of());
    }

    /** Whether a bucket of that name is its own. */
    public boolean owns(String bucket) {
        return buckets.stream()
                .anyMatch(name -> isBeginning(name) ? bucket.startsWith(beginning(name)) : bucket.equals(name));
    }

    /** Whether there is a name that both would own. */
    boolean overlaps(ProjectConfig other) {
        return buckets.stream().anyMatch(mine -> other.buckets().stream().anyMatch(its -> overlap(mine, its)));
    }

    private static boolean overlap(String one, String other) {
        boolean inOne = isBeginning(one) && beginning(other).startsWith(beginning(one));
        boolean inOther = isBeginning(other) && beginning(one).startsWith(beginning(other));
        return inOne || inOther || one.equals(other);
    }

    private static boolean isBeginning(String name) {
        return name.endsWith("*");
    }

    private static String beginning(String name) {
        return isBeginning(name) ? name.substring(0, name.length() - 1) : name;
    }

    /** The same project, owner of these buckets only. */
    public ProjectConfig withBuckets(List<String> names) {
        return new ProjectConfig(
                organization, project, keyMode, credentials, roles, store, names, bucketPolicies, mixedBuckets);
    }

    /** The same project with a credential of its own at the store. */
    public ProjectConfig withStore(String accessKey, String secretKey) {
        Optional<CredentialConfig> own = Optional.of(new CredentialConfig(accessKey, new Secret(secretKey)));
        return new ProjectConfig(
                organization, project, keyMode, credentials, roles, own, buckets, bucketPolicies, mixedBuckets);
    }

    /** The same project with these roles. */
    public ProjectConfig withRoles(List<RoleConfig> others) {
        return new ProjectConfig(
                organization, project, keyMode, credentials, others, store, buckets, bucketPolicies, mixedBuckets);
    }

    /** The same project in another key mode. */
    public ProjectConfig withKeyMode(KeyMode mode) {
        return new ProjectConfig(
                organization, project, mode, credentials, roles, store, buckets, bucketPolicies, mixedBuckets);
    }
}
