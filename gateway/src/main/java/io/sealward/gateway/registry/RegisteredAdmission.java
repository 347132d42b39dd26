package io.sealward.gateway.registry;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.S3Credential;
import java.util.Optional;

/**
 * Held against the newest snapshot, which must be one that the database has confirmed of late. A credential stands for its
 * project being active, and that for its key being registered: the registry removes the key of archived projects only.
 *
 * @param claim of the bucket that the request is about; empty if it is about none
 */
record RegisteredAdmission(Snapshots snapshots, S3Credential credential, Optional<RegisteredBucket> claim)
        implements Admission {
    @Override
    public void requireHolding() {
        Snapshot now = snapshots.confirmed();
        S3Credential known = known(now).orElseThrow(() -> new S3Exception(S3Error.INVALID_ACCESS_KEY_ID));
        if (!known.project().externalKeyId().equals(project().externalKeyId())) {
            throw new S3Exception(S3Error.SLOW_DOWN, "The project has just been given a key. Please try again.");
        }
        if (claim.isPresent()
                && !holds(claim.get(), now.buckets().get(claim.get().name()))) {
            throw new S3Exception(S3Error.NO_SUCH_BUCKET);
        }
    }

    /** While the credential is known, that of the newest snapshot. */
    @Override
    public Optional<Policy> policy() {
        return known(snapshots.current()).orElse(credential).policy();
    }

    /** A temporary one is known while its role is the one that was taken on; how long it lasts, a request under way may go on. */
    private Optional<S3Credential> known(Snapshot now) {
        return credential
                .assumed()
                .map(taken -> now.role(project().id(), taken.role()).flatMap(credential::under))
                .orElseGet(() -> Optional.ofNullable(now.credentials().get(credential.accessKeyId())));
    }

    private static boolean holds(RegisteredBucket claim, RegisteredBucket known) {
        return known != null && known.claimId().equals(claim.claimId());
    }
}
