package io.sealward.gateway.key;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/**
 * Why all that is held of a key group is dropped.
 *
 * @param answer what requests that depended on it are answered
 * @param reason for the operator and the tenant
 */
record Drop(S3Exception answer, String reason) {
    /** The tenant said no, or its registration is gone. */
    static Drop denied(String reason) {
        return new Drop(new S3Exception(S3Error.KMS_DISABLED), reason);
    }

    /** The KMS has said nothing for longer than the grace. */
    static Drop unanswered(String reason) {
        return new Drop(
                new S3Exception(S3Error.SLOW_DOWN, "The key management service cannot be reached."),
                "Its KMS has not granted it for longer than the grace for outages. " + reason);
    }
}
