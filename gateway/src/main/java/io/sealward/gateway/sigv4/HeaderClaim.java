package io.sealward.gateway.sigv4;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code Authorization} header. */
final class HeaderClaim {
    private static final Set<String> COMPONENTS = Set.of("Credential", "SignedHeaders", "Signature");

    private HeaderClaim() {}

    static Claim parse(String authorization, RequestTarget target, HttpHeaders headers, Instant now, Purpose purpose) {
        Map<String, String> components = components(authorization);
        Claim.Credential credential = Claim.Credential.parse(components.get("Credential"), purpose.service())
                .orElseThrow(() -> malformed("the Credential is mal-formed; expecting " + purpose.form() + "."));
        List<String> signedHeaders = Claim.parseSignedHeaders(components.get("SignedHeaders"))
                .orElseThrow(() -> malformed("the SignedHeaders are mal-formed."));
        SigningTime time = time(headers);
        if (!time.date().equals(credential.scope().date())) {
            throw malformed("invalid credential date. Date is not the same as X-Amz-Date.");
        }
        if (Duration.between(time.instant(), now).abs().compareTo(SignatureVerifier.MAX_SKEW) > 0) {
            throw new S3Exception(S3Error.REQUEST_TIME_TOO_SKEWED);
        }
        String contentSha256 = purpose.bodySha256()
                .or(() -> SingleHeader.of(headers, "x-amz-content-sha256"))
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_REQUEST, "Missing required header for this request: x-amz-content-sha256"));
        return new Claim(
                credential.accessKeyId(),
                credential.scope(),
                time,
                signedHeaders,
                components.get("Signature"),
                contentSha256,
                target.canonicalQuery(name -> true));
    }

    private static Map<String, String> components(String authorization) {
        if (!authorization.startsWith(CanonicalRequest.ALGORITHM + ' ')) {
            throw unsupported(authorization);
        }
        Map<String, String> components = new HashMap<>();
        for (String component :
                authorization.substring(CanonicalRequest.ALGORITHM.length()).split(",")) {
            String trimmed = component.trim();
            int equals = trimmed.indexOf('=');
            String name = equals < 0 ? trimmed : trimmed.substring(0, equals);
            if (equals < 0
                    || !COMPONENTS.contains(name)
                    || components.put(name, trimmed.substring(equals + 1)) != null) {
                throw malformed("an authorization component is malformed.");
            }
        }
        if (components.size() != COMPONENTS.size()) {
            throw malformed(
                    "the authorization header requires three components: Credential, SignedHeaders, and Signature.");
        }
        return components;
    }

    private static SigningTime time(HttpHeaders headers) {
        Optional<String> amzDate = SingleHeader.of(headers, "x-amz-date");
        Optional<SigningTime> time = amzDate.isPresent()
                ? amzDate.flatMap(SigningTime::parse)
                : SingleHeader.of(headers, "date").flatMap(SigningTime::parseDateHeader);
        return time.orElseThrow(() -> new S3Exception(
                S3Error.ACCESS_DENIED, "AWS authentication requires a valid Date or x-amz-date header"));
    }

    private static S3Exception unsupported(String authorization) {
        if (authorization.startsWith("AWS")) {
            return SignatureVerifier.unsupportedMechanism();
        }
        return new S3Exception(S3Error.INVALID_ARGUMENT, "Unsupported Authorization Type");
    }

    private static S3Exception malformed(String detail) {
        return new S3Exception(
                S3Error.AUTHORIZATION_HEADER_MALFORMED, "The authorization header is malformed; " + detail);
    }
}
