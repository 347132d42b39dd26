package io.sealward.gateway.tenant;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/** Opens the session tokens that the gateway has given with temporary credentials; called on event loops, never blocks. */
@FunctionalInterface
public interface Sessions {
    /** Where none are given, none can be right. */
    Sessions NONE = token -> {
        throw new S3Exception(S3Error.INVALID_TOKEN);
    };

    /**
     * The credential that a token stands for, with what its role may do at this moment.
     *
     * @throws S3Exception InvalidToken, ExpiredToken, or InvalidAccessKeyId if the role is not what it was
     */
    S3Credential open(String token);
}
