package io.sealward.gateway.registry.snapshot;

import io.sealward.gateway.policy.Authority;
import io.sealward.gateway.policy.BucketPolicy;
import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.registry.table.RegisteredBucket;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Project;
import io.sealward.gateway.tenant.S3Credential;
import io.sealward.gateway.tenant.Sender;
import java.util.Optional;

/**
 * Held against the newest snapshot, which must be one that the database has confirmed of late. That a project is active stands
 * for its key being registered: the registry removes the key of archived projects only.
 *
 * @param project that owns the bucket
 * @param claim of the bucket that the request is about; empty if it is about none
 */
record RegisteredAdmission(Snapshots snapshots, Sender sender, Project project, Optional<RegisteredBucket> claim)
        implements Admission {
    @Override
    public void requireHolding() {
        Snapshot now = snapshots.confirmed();
        if (!isKnown(now)) {
            throw new S3Exception(S3Error.INVALID_ACCESS_KEY_ID);
        }
        Project known = now.projects().get(project.id());
        if (known == null) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
        if (!known.externalKeyId().equals(project.externalKeyId())) {
            throw new S3Exception(S3Error.SLOW_DOWN, "The project has just been given a key. Please try again.");
        }
        if (claim.isPresent()
                && !holds(claim.get(), now.buckets().get(claim.get().name()))) {
            throw new S3Exception(S3Error.NO_SUCH_BUCKET);
        }
    }

    /** While the credential is known, as the newest snapshot has it. */
    @Override
    public Authority authority() {
        Snapshot now = snapshots.current();
        Optional<BucketPolicy> ofBucket =
                claim.flatMap(held -> Optional.ofNullable(now.bucketPolicies().get(held.claimId())));
        return new Authority(sender.caller(), sender.speaksFor(project), own(now), ofBucket);
    }

    private Optional<Policy> own(Snapshot now) {
        return sender instanceof S3Credential credential
                ? known(credential, now).orElse(credential).policy()
                : sender.policy();
    }

    private boolean isKnown(Snapshot now) {
        return !(sender instanceof S3Credential credential)
                || known(credential, now).isPresent();
    }

    /** A temporary one is known while its role is the one that was taken on; how long it lasts, a request under way may go on. */
    private static Optional<S3Credential> known(S3Credential credential, Snapshot now) {
        return credential
                .assumed()
                .map(taken -> now.role(credential.project().id(), taken.role()).flatMap(credential::under))
                .orElseGet(() -> Optional.ofNullable(now.credentials().get(credential.accessKeyId())));
    }

    private static boolean holds(RegisteredBucket claim, RegisteredBucket known) {
        return known != null && known.claimId().equals(claim.claimId());
    }
}
