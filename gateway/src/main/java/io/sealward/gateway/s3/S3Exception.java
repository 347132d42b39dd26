package io.sealward.gateway.s3;

import static java.util.Objects.requireNonNull;

/** A request that ends in an S3 error document. The message reaches the client: no secret, no internals. */
public final class S3Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final S3Error error;

    public S3Exception(S3Error error) {
        this(error, error.message());
    }

    public S3Exception(S3Error error, String message) {
        super(message, null, false, false);
        this.error = requireNonNull(error, "error");
    }

    public S3Exception(S3Error error, String message, Throwable cause) {
        super(message, cause);
        this.error = requireNonNull(error, "error");
    }

    public S3Error error() {
        return error;
    }
}
