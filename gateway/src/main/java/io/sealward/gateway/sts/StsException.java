package io.sealward.gateway.sts;

import io.sealward.gateway.identity.IdentityException;
import io.sealward.gateway.s3.S3Exception;

/** A request that ends in an error document of STS. The message reaches the client: no secret, no internals. */
final class StsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    StsException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** What does not hold to the rules of a parameter. */
    static StsException validation(String message) {
        return new StsException(400, "ValidationError", message);
    }

    /** Whatever of a role forbids it, and whether there is one, is told to nobody. */
    static StsException notAuthorized() {
        return new StsException(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }

    static StsException of(IdentityException failure) {
        return switch (failure.reason()) {
            case INVALID -> new StsException(400, "InvalidIdentityToken", failure.getMessage());
            case EXPIRED -> new StsException(400, "ExpiredTokenException", failure.getMessage());
            case UNREACHABLE -> new StsException(400, "IDPCommunicationError", failure.getMessage());
            case BUSY -> new StsException(503, "ServiceUnavailable", failure.getMessage());
        };
    }

    /** An error of S3's as STS has it. Source: AWS STS API Reference, "Common Errors". */
    static StsException of(S3Exception failure) {
        String message = failure.getMessage();
        return switch (failure.error()) {
            case ACCESS_DENIED ->
                new StsException(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
            case AUTHORIZATION_HEADER_MALFORMED, AUTHORIZATION_QUERY_PARAMETERS_ERROR ->
                new StsException(400, "IncompleteSignature", message);
            case EXPIRED_TOKEN ->
                new StsException(403, "ExpiredToken", "The security token included in the request is expired");
            case INVALID_ACCESS_KEY_ID, INVALID_TOKEN ->
                new StsException(403, "InvalidClientTokenId", "The security token included in the request is invalid.");
            case INVALID_URI -> new StsException(400, "MalformedQueryString", "The form cannot be read.");
            case MAX_MESSAGE_LENGTH_EXCEEDED -> new StsException(413, "RequestEntityTooLarge", message);
            case SERVICE_UNAVAILABLE, SLOW_DOWN -> new StsException(503, "ServiceUnavailable", message);
            default ->
                new StsException(failure.error().status(), failure.error().code(), message);
        };
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
