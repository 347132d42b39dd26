package io.sealward.gateway.copy;

import io.sealward.gateway.policy.Policy;
import io.sealward.gateway.request.Permissions;
import io.sealward.gateway.request.Place;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.S3Credential;
import java.util.List;
import java.util.Optional;

/**
 * What the source of a copy is read under: the claim of its bucket, and for as long as the sender may read it.
 *
 * @param actions that reading it takes
 */
record SourceAdmission(Admission admission, Permissions permissions, List<String> actions, Place place)
        implements Admission {
    @Override
    public S3Credential credential() {
        return admission.credential();
    }

    @Override
    public Optional<Policy> policy() {
        return admission.policy();
    }

    @Override
    public void requireHolding() {
        admission.requireHolding();
        if (!permissions.allow(actions, place)) {
            throw new S3Exception(
                    S3Error.ACCESS_DENIED,
                    "User: " + credential().username() + " is not authorized to perform: " + actions.get(0)
                            + " on resource: \"arn:aws:s3:::" + place.bucket() + "/" + place.key() + "\"");
        }
    }
}
