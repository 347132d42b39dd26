package io.sealward.gateway.s3;

import io.sealward.providers.StageFailure;
import java.util.Map;
import java.util.Optional;

/** An error of the store that is the client's to know: it is told in the store's own words. */
public final class RelayedError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final Map<String, String> headers;

    /**
     * @param status 304, 400 to 499, or 501
     * @param code an S3 error code
     */
    public RelayedError(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    private RelayedError(int status, String code, String message, Map<String, String> headers) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.headers = Map.copyOf(headers);
    }

    /** The same, with what else of the store's answer is the client's to know. */
    public RelayedError with(Map<String, String> more) {
        return new RelayedError(status, code, getMessage(), more);
    }

    /** The store's error that a stage failed with, if it was one. */
    public static Optional<RelayedError> of(Throwable failure) {
        return StageFailure.cause(failure) instanceof RelayedError error ? Optional.of(error) : Optional.empty();
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** By names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }
}
