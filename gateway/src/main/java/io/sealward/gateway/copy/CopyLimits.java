package io.sealward.gateway.copy;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.format.Geometry;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/** The most that S3 takes in one copy, as the client and the store see it. */
final class CopyLimits {
    private static final long MAX_BYTES = 5L << 30;

    private CopyLimits() {}

    /**
     * Of plaintext that becomes an object of its own.
     *
     * @throws S3Exception InvalidRequest
     */
    static void require(long plaintext) {
        if (plaintext > MAX_BYTES) {
            throw tooLarge();
        }
        requireStored(Format.WRITTEN.geometry().ofObject(plaintext));
    }

    /**
     * Of plaintext that becomes a part.
     *
     * @throws S3Exception InvalidRequest
     */
    static void requirePart(Geometry geometry, int number, long plaintext) {
        if (plaintext > MAX_BYTES) {
            throw tooLarge();
        }
        requireStored(geometry.ofPart(number, plaintext));
    }

    /**
     * Of what the store copies: what is a little less to the client may be too much for it.
     *
     * @throws S3Exception InvalidRequest
     */
    static void requireStored(long sealed) {
        if (sealed > MAX_BYTES) {
            throw tooLarge();
        }
    }

    private static S3Exception tooLarge() {
        return new S3Exception(
                S3Error.INVALID_REQUEST,
                "The specified copy source is larger than the maximum allowable size for a copy source: " + MAX_BYTES);
    }
}
