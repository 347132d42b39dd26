package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.MalformedPolicyException;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.BucketClaims;
import io.sealward.gateway.registry.table.RegisteredBucket;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import io.sealward.gateway.tenant.UnknownSender;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Bucket names as the data path sees them: looked up in memory, changed on a thread that may wait for the database. */
final class RegisteredBuckets implements Buckets {
    private final Snapshots snapshots;
    private final BucketClaims claims;
    private final Audit audit;
    private final Executor executor;

    RegisteredBuckets(Snapshots snapshots, BucketClaims claims, Audit audit, Executor executor) {
        this.snapshots = snapshots;
        this.claims = claims;
        this.audit = audit;
        this.executor = executor;
    }

    @Override
    public Access access(Project project, String bucket) {
        RegisteredBucket known = snapshots.current().buckets().get(bucket);
        if (known == null) {
            return Access.UNCLAIMED;
        }
        return known.projectId().equals(project.id()) ? Access.OWNED : Access.FOREIGN;
    }

    @Override
    public boolean mixed(String bucket) {
        RegisteredBucket known = snapshots.current().buckets().get(bucket);
        return known != null && known.mixed();
    }

    @Override
    public Optional<Admission> ofAnybody(String bucket) {
        Snapshot now = snapshots.confirmed();
        return Optional.ofNullable(now.buckets().get(bucket)).flatMap(known -> Optional.ofNullable(
                        now.projects().get(known.projectId()))
                .map(owner -> new RegisteredAdmission(snapshots, UnknownSender.INSTANCE, owner, Optional.of(known))));
    }

    @Override
    public Admission admit(S3Credential credential) {
        return new RegisteredAdmission(snapshots, credential, credential.project(), Optional.empty());
    }

    @Override
    public Admission admit(Sender sender, String bucket) {
        Snapshot now = snapshots.confirmed();
        RegisteredBucket known = now.buckets().get(bucket);
        if (known == null) {
            throw new S3Exception(S3Error.NO_SUCH_BUCKET);
        }
        if (sender instanceof S3Credential credential
                && credential.project().id().equals(known.projectId())) {
            return new RegisteredAdmission(snapshots, sender, credential.project(), Optional.of(known));
        }
        Project owner = now.projects().get(known.projectId());
        if (owner == null
                || !sender.mayBeLetInto(owner.organizationId())
                || !now.bucketPolicies().containsKey(known.claimId())) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        return new RegisteredAdmission(snapshots, sender, owner, Optional.of(known));
    }

    @Override
    public Optional<BucketPolicy> policy(String bucket) {
        Snapshot now = snapshots.current();
        return Optional.ofNullable(now.buckets().get(bucket))
                .flatMap(known -> Optional.ofNullable(now.bucketPolicies().get(known.claimId())));
    }

    @Override
    public CompletionStage<Void> changePolicy(Project project, String bucket, Optional<BucketPolicy> policy) {
        return change(() -> {
                    claims.changePolicy(project, bucket, policy);
                    record(
                            project,
                            bucket,
                            policy.isPresent() ? AuditEvent.Change.POLICY_SET : AuditEvent.Change.POLICY_REMOVED);
                    return policy;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Claimed> claim(Admission asking, String bucket) {
        Project project = asking.project();
        return change(() -> {
            BucketClaims.Claimed claimed = claims.claim(project, bucket);
            claimed.mark().ifPresent(mark -> record(project, bucket, AuditEvent.Change.CLAIMED));
            return new Claimed(
                    new RegisteredAdmission(snapshots, asking.sender(), project, Optional.of(claimed.bucket())),
                    claimed.mark().map(mark -> new Ending(bucket, mark)));
        });
    }

    @Override
    public CompletionStage<Void> created(Project project, String bucket) {
        return change(() -> {
                    if (claims.created(project, bucket)) {
                        record(project, bucket, AuditEvent.Change.CLAIMED);
                    }
                    return bucket;
                })
                .thenAccept(done -> {});
    }

    @Override
    public CompletionStage<Ending> ending(Project project, String bucket) {
        return change(() -> claims.mark(project, bucket)
                .map(mark -> new Ending(bucket, mark))
                .orElseThrow(() -> new S3Exception(S3Error.NO_SUCH_BUCKET)));
    }

    @Override
    public CompletionStage<Void> release(Project project, Ending ending) {
        return change(() -> {
                    boolean released = claims.release(project, ending.bucket(), ending.mark());
                    if (released) {
                        record(project, ending.bucket(), AuditEvent.Change.RELEASED);
                    }
                    return released;
                })
                .thenAccept(released -> {});
    }

    private void record(Project project, String bucket, AuditEvent.Change change) {
        audit.record(
                project.organizationId(),
                new Actor.ProjectClient(project.id()),
                AuditEvent.bucketChanged(bucket, project.id(), change));
    }

    private <T> CompletionStage<T> change(Supplier<T> change) {
        try {
            return CompletableFuture.supplyAsync(() -> speakingS3(change), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new S3Exception(S3Error.SLOW_DOWN));
        }
    }

    private static <T> T speakingS3(Supplier<T> change) {
        try {
            return change.get();
        } catch (RegistryException e) {
            S3Error error =
                    switch (e.reason()) {
                        case BUCKET_TAKEN -> S3Error.BUCKET_ALREADY_EXISTS;
                        case BUCKET_RESTING -> S3Error.OPERATION_ABORTED;
                        case ARCHIVED, NOT_FOUND -> S3Error.ACCESS_DENIED;
                        case QUOTA_EXCEEDED -> S3Error.INVALID_REQUEST;
                        default -> S3Error.SERVICE_UNAVAILABLE;
                    };
            String message =
                    switch (e.reason()) {
                        case UNAVAILABLE -> Snapshots.OUT_OF_REACH;
                        case QUOTA_EXCEEDED -> e.getMessage();
                        default -> error.message();
                    };
            throw new S3Exception(error, message, e);
        } catch (MalformedPolicyException e) {
            throw new S3Exception(S3Error.MALFORMED_POLICY, e.getMessage(), e);
        }
    }
}
