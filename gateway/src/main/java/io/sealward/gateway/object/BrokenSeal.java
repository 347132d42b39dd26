package io.sealward.gateway.object;

import io.sealward.crypto.key.SealException;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stored bytes that are not what was sealed: an alarm for the operator, and an error that no client takes for data. */
record BrokenSeal(SealException cause) {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenSeal.class);

    S3Exception toS3() {
        return new S3Exception(
                S3Error.INTERNAL_ERROR,
                "The stored object is not what was sealed (" + cause.getClass().getSimpleName() + "): "
                        + cause.getMessage(),
                cause);
    }

    S3Exception alarm(String requestId, String bucket, String key) {
        LOG.error(
                "request {}: {}/{} is not what was sealed: {}: {}",
                requestId,
                bucket,
                UriEncoding.encodePath(key), // no line break of a key in the log
                cause.getClass().getSimpleName(),
                cause.getMessage());
        return toS3();
    }
}
