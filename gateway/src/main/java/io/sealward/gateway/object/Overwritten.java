package io.sealward.gateway.object;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;

/** The object was overwritten between two requests of one read. */
public final class Overwritten extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Overwritten() {
        super("overwritten during the read", null, false, false);
    }

    /** What the client is told if the read cannot begin again. */
    public static S3Exception slowDown() {
        return new S3Exception(S3Error.SLOW_DOWN, S3Error.SLOW_DOWN.message(), new Overwritten());
    }

    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof Overwritten)) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
