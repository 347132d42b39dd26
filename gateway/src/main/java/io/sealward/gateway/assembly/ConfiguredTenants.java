package io.sealward.gateway.assembly;

import io.sealward.gateway.config.BucketPolicyConfig;
import io.sealward.gateway.config.ClientConfig;
import io.sealward.gateway.config.ProjectConfig;
import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Credentials;
import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.Role;
import io.sealward.gateway.tenant.Roles;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import io.sealward.gateway.tenant.UnknownSender;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The projects of the configuration file, all sealed under the default KEK. Fixed while the gateway runs. */
final class ConfiguredTenants implements Credentials, Roles, Buckets, Keks {
    private final Map<String, S3Credential> credentials = new HashMap<>();
    private final Map<String, Map<String, Role>> roles = new HashMap<>();
    private final Map<String, ProjectConfig> projects = new HashMap<>();
    private final Optional<Registered> kek;

    ConfiguredTenants(Collection<ProjectConfig> configured, Optional<Registered> kek) {
        this.kek = kek;
        for (ProjectConfig config : configured) {
            Project project = project(config);
            projects.put(config.project(), config);
            roles.put(project.id(), roles(config, project));
            for (ClientConfig credential : config.credentials()) {
                credentials.put(
                        credential.accessKey(),
                        new S3Credential(
                                credential.accessKey(), credential.secretKey().value(), project, credential.policy()));
            }
        }
    }

    private static Project project(ProjectConfig config) {
        return new Project(
                config.organization(),
                config.project(),
                Optional.empty(),
                config.keyMode(),
                config.store().map(Settings::credential));
    }

    private static Map<String, Role> roles(ProjectConfig config, Project project) {
        return config.roles().stream()
                .map(role -> new Role(
                        role.name(),
                        Role.generation("", role.trust()),
                        project,
                        role.trust(),
                        role.policy(),
                        role.maxSession()))
                .collect(Collectors.toMap(Role::name, role -> role));
    }

    @Override
    public Optional<Role> find(String projectId, String name) {
        return Optional.ofNullable(roles.getOrDefault(projectId, Map.of()).get(name));
    }

    @Override
    public Optional<S3Credential> find(String accessKeyId) {
        return Optional.ofNullable(credentials.get(accessKeyId));
    }

    @Override
    public Access access(Project project, String bucket) {
        return projects.get(project.id()).owns(bucket) ? Access.OWNED : Access.FOREIGN;
    }

    @Override
    public boolean mixed(String bucket) {
        return projects.values().stream()
                .filter(project -> project.owns(bucket))
                .anyMatch(owner -> owner.mixedBuckets().contains(bucket));
    }

    @Override
    public Optional<Admission> ofAnybody(String bucket) {
        return owner(bucket).map(project -> admitted(UnknownSender.INSTANCE, project, bucket));
    }

    private Optional<Project> owner(String bucket) {
        return projects.values().stream()
                .filter(config -> config.owns(bucket))
                .findFirst()
                .map(ConfiguredTenants::project);
    }

    private Admission admitted(Sender sender, Project owner, String bucket) {
        Authority authority = new Authority(sender.caller(), sender.speaksFor(owner), sender.policy(), policy(bucket));
        return new Admission.Lasting(sender, owner, authority);
    }

    @Override
    public Admission admit(S3Credential credential) {
        return Admission.lasting(credential);
    }

    @Override
    public Admission admit(Sender sender, String bucket) {
        return owner(bucket)
                .filter(owner -> sender.speaksFor(owner)
                        || (sender.mayBeLetInto(owner.organizationId())
                                && policy(bucket).isPresent()))
                .map(owner -> admitted(sender, owner, bucket))
                .orElseThrow(() -> new S3Exception(S3Error.ACCESS_DENIED));
    }

    @Override
    public Optional<BucketPolicy> policy(String bucket) {
        return projects.values().stream()
                .flatMap(config -> config.bucketPolicies().stream())
                .filter(given -> given.bucket().equals(bucket))
                .map(BucketPolicyConfig::policy)
                .findFirst();
    }

    @Override
    public CompletionStage<Void> changePolicy(Project project, String bucket, Optional<BucketPolicy> policy) {
        if (policy.isEmpty() && policy(bucket).isEmpty()) {
            return CompletableFuture.completedStage(null);
        }
        return CompletableFuture.failedStage(new S3Exception(
                S3Error.METHOD_NOT_ALLOWED, "The policies of buckets stand in the configuration of this gateway."));
    }

    @Override
    public CompletionStage<Claimed> claim(Admission asking, String bucket) {
        return CompletableFuture.failedStage(new S3Exception(S3Error.ACCESS_DENIED));
    }

    @Override
    public CompletionStage<Void> created(Project project, String bucket) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Ending> ending(Project project, String bucket) {
        return CompletableFuture.completedStage(new Ending(bucket, ""));
    }

    @Override
    public CompletionStage<Void> release(Project project, Ending ending) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public List<Use> uses() {
        return projects.values().stream()
                .limit(1)
                .flatMap(any -> kek.stream()
                        .map(key -> new Use(key, any.organization(), Optional.of(any.project()), Optional.empty())))
                .toList();
    }

    @Override
    public Optional<Registered> forProject(Project project) {
        return kek;
    }

    @Override
    public Optional<Registered> find(Project project, String externalKeyId) {
        return kek.filter(registered -> registered.externalKeyId().equals(externalKeyId));
    }
}
