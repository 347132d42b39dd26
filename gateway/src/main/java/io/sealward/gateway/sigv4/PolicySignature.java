package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;

/**
 * What a form says of the signature of its policy; not yet verified. Source: Amazon S3 API Reference, "Browser-Based Uploads
 * Using POST (AWS Signature Version 4)".
 */
public record PolicySignature(
        String accessKeyId, CredentialScope scope, String policy, String signature, Optional<String> securityToken) {
    public PolicySignature {
        requireNonNull(accessKeyId, "accessKeyId");
        requireNonNull(scope, "scope");
        requireNonNull(policy, "policy");
        requireNonNull(signature, "signature");
        requireNonNull(securityToken, "securityToken");
    }

    /** The fields of a form that say it, by name. */
    public interface Fields {
        Optional<String> find(String name);

        /**
         * One that must be there.
         *
         * @throws S3Exception InvalidArgument
         */
        String require(String name);
    }

    /**
     * Reads the fields.
     *
     * @throws S3Exception AccessDenied for a form without a policy, InvalidRequest for another version of signatures,
     *     InvalidArgument
     */
    public static PolicySignature of(Fields form) {
        String policy = form.find("policy").orElseThrow(() -> new S3Exception(S3Error.ACCESS_DENIED));
        if (form.find("awsaccesskeyid").isPresent() || form.find("signature").isPresent()) {
            throw SignatureVerifier.unsupportedMechanism();
        }
        if (!form.require("x-amz-algorithm").equals(CanonicalRequest.ALGORITHM)) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
        }
        Claim.Credential credential = Claim.Credential.parse(form.require("x-amz-credential"), CredentialScope.S3)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT,
                        "X-Amz-Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/s3/aws4_request\"."));
        boolean dated = SigningTime.parse(form.require("x-amz-date"))
                .filter(time -> time.date().equals(credential.scope().date()))
                .isPresent();
        if (!dated) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT,
                    "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\", of the date of the credential.");
        }
        return new PolicySignature(
                credential.accessKeyId(),
                credential.scope(),
                policy,
                form.require("x-amz-signature"),
                SecurityToken.of(form));
    }
}
