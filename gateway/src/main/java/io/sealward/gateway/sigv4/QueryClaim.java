package io.sealward.gateway.sigv4;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the query of a presigned URL. */
final class QueryClaim {
    static final String ALGORITHM = "X-Amz-Algorithm";
    static final String SIGNATURE = "X-Amz-Signature";
    static final String CREDENTIAL = "X-Amz-Credential";

    private static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";
    private static final long MAX_EXPIRES_SECONDS = 604_800;

    private QueryClaim() {}

    static Claim parse(RequestTarget target, HttpHeaders headers, Instant now, Purpose purpose) {
        if (!required(target, ALGORITHM).equals(CanonicalRequest.ALGORITHM)) {
            throw malformed("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        Claim.Credential credential = Claim.Credential.parse(required(target, CREDENTIAL), purpose.service())
                .orElseThrow(() -> malformed("Error parsing the X-Amz-Credential parameter; the Credential is"
                        + " mal-formed; expecting " + purpose.form() + "."));
        List<String> signedHeaders = Claim.parseSignedHeaders(required(target, "X-Amz-SignedHeaders"))
                .orElseThrow(() -> malformed("Error parsing the X-Amz-SignedHeaders parameter."));
        SigningTime time = SigningTime.parse(required(target, "X-Amz-Date"))
                .orElseThrow(() -> malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\""));
        if (!time.date().equals(credential.scope().date())) {
            throw malformed("Invalid credential date. This date is not the same as X-Amz-Date.");
        }
        checkValidity(time.instant(), expires(required(target, "X-Amz-Expires")), now);
        return new Claim(
                credential.accessKeyId(),
                credential.scope(),
                time,
                signedHeaders,
                required(target, SIGNATURE),
                purpose.bodySha256().orElseGet(() -> contentSha256(target, headers)),
                target.canonicalQuery(name -> !name.equals(SIGNATURE)));
    }

    private static void checkValidity(Instant signed, Duration expires, Instant now) {
        if (now.isBefore(signed.minus(SignatureVerifier.MAX_SKEW))) {
            throw new S3Exception(S3Error.ACCESS_DENIED, "Request is not valid yet");
        }
        if (now.isAfter(signed.plus(expires))) {
            throw new S3Exception(S3Error.REQUEST_EXPIRED);
        }
    }

    private static Duration expires(String text) {
        long seconds = Decimal.parse(text).orElseThrow(() -> malformed("X-Amz-Expires should be a number"));
        if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
            throw malformed("X-Amz-Expires must be between 1 and 604800 seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    /** A URL leaves the body open unless it pins a digest; the streaming forms need a signature per request. */
    private static String contentSha256(RequestTarget target, HttpHeaders headers) {
        Optional<String> header = SingleHeader.of(headers, "x-amz-content-sha256");
        Optional<String> query = optional(target, CONTENT_SHA256);
        if (header.isPresent() && query.isPresent() && !header.equals(query)) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "x-amz-content-sha256 differs between the header and the query.");
        }
        String contentSha256 = query.or(() -> header).orElse(PayloadPolicy.UNSIGNED_PAYLOAD);
        if (contentSha256.startsWith("STREAMING-")) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "A presigned request cannot have a streaming x-amz-content-sha256.");
        }
        return contentSha256;
    }

    private static String required(RequestTarget target, String name) {
        return optional(target, name)
                .orElseThrow(() -> malformed("Query-string authentication version 4 requires the X-Amz-Algorithm,"
                        + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires"
                        + " parameters."));
    }

    private static Optional<String> optional(RequestTarget target, String name) {
        Optional<String> found = Optional.empty();
        for (RequestTarget.Parameter parameter : target.parameters()) {
            if (parameter.name().equals(name)) {
                if (found.isPresent()) {
                    throw malformed("The parameter " + name + " must not be repeated.");
                }
                found = Optional.of(parameter.value());
            }
        }
        return found;
    }

    private static S3Exception malformed(String message) {
        return new S3Exception(S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR, message);
    }
}
