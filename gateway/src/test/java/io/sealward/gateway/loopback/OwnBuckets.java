package io.sealward.gateway.loopback;

import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import io.sealward.gateway.tenant.UnknownSender;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Every bucket is the project's own. */
public record OwnBuckets(Set<String> mixedOnes, Function<S3Credential, Admission> admissions) implements Buckets {
    /** Whose all buckets are. */
    public static final S3Credential OWNER = new S3Credential(
            "access", "secret", new Project("org-1", "proj_1", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty()));

    public static OwnBuckets mixed(Set<String> buckets) {
        return new OwnBuckets(buckets, Admission::lasting);
    }

    public static OwnBuckets admitting(Function<S3Credential, Admission> admissions) {
        return new OwnBuckets(Set.of(), admissions);
    }

    @Override
    public Access access(Project project, String bucket) {
        return Access.OWNED;
    }

    @Override
    public boolean mixed(String bucket) {
        return mixedOnes.contains(bucket);
    }

    @Override
    public Optional<Admission> ofAnybody(String bucket) {
        Authority authority = new Authority(Optional.empty(), false, Optional.empty(), Optional.empty());
        return Optional.of(new Admission.Lasting(UnknownSender.INSTANCE, OWNER.project(), authority));
    }

    @Override
    public Admission admit(S3Credential credential) {
        return admissions.apply(credential);
    }

    @Override
    public Admission admit(Sender sender, String bucket) {
        return admit((S3Credential) sender);
    }

    @Override
    public Optional<BucketPolicy> policy(String bucket) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Void> changePolicy(Project project, String bucket, Optional<BucketPolicy> policy) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Claimed> claim(Admission asking, String bucket) {
        return CompletableFuture.completedStage(new Claimed(asking, Optional.empty()));
    }

    @Override
    public CompletionStage<Void> created(Project project, String bucket) {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Ending> ending(Project project, String bucket) {
        return CompletableFuture.completedStage(new Ending(bucket, "mark"));
    }

    @Override
    public CompletionStage<Void> release(Project project, Ending ending) {
        return CompletableFuture.completedStage(null);
    }
}
