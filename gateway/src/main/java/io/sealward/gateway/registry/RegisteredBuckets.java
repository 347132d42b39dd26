package io.sealward.gateway.registry;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.Audit;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.registry.RegistryException.Reason;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Buckets;
import io.sealward.gateway.tenant.Project;
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
    public CompletionStage<Boolean> claim(Project project, String bucket) {
        return change(() -> {
            boolean newlyTaken = claims.claim(project, bucket);
            if (newlyTaken) {
                record(project, bucket, AuditEvent.Change.CLAIMED);
            }
            return newlyTaken;
        });
    }

    @Override
    public CompletionStage<Void> release(Project project, String bucket) {
        return change(() -> {
                    boolean released = claims.release(project, bucket);
                    if (released) {
                        record(project, bucket, AuditEvent.Change.RELEASED);
                    }
                    return released;
                })
                .thenAccept(released -> {});
    }

    private void record(Project project, String bucket, AuditEvent.Change change) {
        audit.record(
                project.organizationId(),
                new Actor.ProjectClient(project.id()),
                new AuditEvent.BucketChanged(bucket, project.id(), change));
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
                        case ARCHIVED, NOT_FOUND -> S3Error.ACCESS_DENIED;
                        default -> S3Error.SERVICE_UNAVAILABLE;
                    };
            throw e.reason() == Reason.UNAVAILABLE
                    ? new S3Exception(error, "The gateway's registry can not be reached. Please try again.", e)
                    : new S3Exception(error, error.message(), e);
        }
    }
}
