package io.sealward.gateway.key;

import io.sealward.crypto.key.SealException;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;

/** What a failed KMS call means to an S3 client. The only place where it is decided. */
final class KmsFailure {
    private KmsFailure() {}

    static S3Exception toS3(KmsException failure) {
        return switch (failure.error()) {
            case REVOKED, DESTROYED -> new S3Exception(S3Error.KMS_DISABLED, S3Error.KMS_DISABLED.message(), failure);
            case UNREACHABLE ->
                new S3Exception(S3Error.SLOW_DOWN, "The key management service cannot be reached.", failure);
            case THROTTLED ->
                new S3Exception(S3Error.SLOW_DOWN, "The key management service is over its quota.", failure);
            case CORRUPT ->
                new S3Exception(
                        S3Error.INTERNAL_ERROR,
                        "The key of this object does not unwrap: its seal is damaged.",
                        failure);
            case MISCONFIGURED ->
                new S3Exception(S3Error.INTERNAL_ERROR, "The external key of this project is misconfigured.", failure);
        };
    }

    /** Whether the KMS was asked for what it never wrapped: what a client sent, it may have made up. */
    static boolean doesNotUnwrap(Throwable failure) {
        return StageFailure.cause(failure).getCause() instanceof KmsException refused
                && refused.error() == KmsError.CORRUPT;
    }

    /** Whether what is stored does not open, as it was sealed or as it was wrapped. */
    static boolean isOfDamage(Throwable failure) {
        return doesNotUnwrap(failure) || StageFailure.cause(failure).getCause() instanceof SealException;
    }
}
