package io.sealward.gateway.object;

import io.sealward.crypto.key.SealException;
import io.sealward.gateway.front.Exchange;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.StageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stored bytes that are not what was sealed: an error that no client takes for data, and an alarm for the operator. */
final class BrokenSeal {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenSeal.class);

    private BrokenSeal() {}

    static S3Exception of(SealException cause) {
        return new S3Exception(
                S3Error.INTERNAL_ERROR,
                "The stored object is not what was sealed (" + cause.getClass().getSimpleName() + "): "
                        + cause.getMessage(),
                cause);
    }

    /** Whether a stage failed for frames that are not what was sealed. */
    static boolean isCauseOf(Throwable failure) {
        return StageFailure.cause(failure).getCause() instanceof SealException;
    }

    /** Raises the alarm if a read failed for a broken seal. */
    static void alarm(S3Request request, Exchange exchange, Throwable failure) {
        Throwable cause = StageFailure.cause(failure);
        if (cause instanceof S3Exception && isDamage(cause.getCause())) {
            LOG.error(
                    "request {}: {}/{} is not what was sealed: {}: {}",
                    exchange.requestId(),
                    request.bucket(),
                    UriEncoding.encodePath(request.key()), // no line break of a key in the log
                    cause.getCause().getClass().getSimpleName(),
                    cause.getCause().getMessage());
        }
    }

    private static boolean isDamage(Throwable cause) {
        return cause instanceof SealException
                || (cause instanceof KmsException refused && refused.error() == KmsError.CORRUPT);
    }
}
