package io.sealward.providers.aws;

import static io.sealward.providers.KmsError.CORRUPT;
import static io.sealward.providers.KmsError.DESTROYED;
import static io.sealward.providers.KmsError.MISCONFIGURED;
import static io.sealward.providers.KmsError.REVOKED;
import static io.sealward.providers.KmsError.THROTTLED;
import static io.sealward.providers.KmsError.UNREACHABLE;
import static java.util.Map.entry;

import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.NoAnswer;
import io.sealward.providers.resilience.FaultMapping;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * What AWS's error codes mean to the gateway. The codes decide and never the SDK's classes, since KMS answers
 * {@code AccessDeniedException}, the plainest revocation of all, without modelling it (KMS API Reference, Common Errors).
 */
final class AwsFaults implements FaultMapping {
    private static final Logger LOG = LoggerFactory.getLogger(AwsFaults.class);

    /** Signatures and sessions: the message repeats the signed request, session token included, so it is not quoted. */
    private static final Set<String> SESSION_REFUSED = Set.of(
            "ExpiredTokenException",
            "ExpiredToken",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "RequestExpired");

    /** Those that a new session cures as a rule. */
    private static final Set<String> SESSION_OVER =
            Set.of("ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId");

    /** In every AWS API (AWS General Reference, common errors). */
    private static final Map<String, KmsError> COMMON = Map.ofEntries(
            entry("Throttling", THROTTLED),
            entry("ThrottlingException", THROTTLED),
            entry("ThrottledException", THROTTLED),
            entry("RequestThrottled", THROTTLED),
            entry("RequestThrottledException", THROTTLED),
            entry("RequestLimitExceeded", THROTTLED),
            entry("TooManyRequestsException", THROTTLED),
            entry("LimitExceededException", THROTTLED),
            entry("SlowDown", THROTTLED),
            entry("AccessDenied", REVOKED),
            entry("AccessDeniedException", REVOKED),
            entry("NotAuthorized", REVOKED),
            entry("OptInRequired", REVOKED),
            entry("InternalFailure", UNREACHABLE),
            entry("ServiceUnavailable", UNREACHABLE),
            entry("ServiceUnavailableException", UNREACHABLE));

    /** KMS API Reference: Encrypt, Decrypt. */
    private static final Map<String, KmsError> KMS = Map.ofEntries(
            entry("DisabledException", REVOKED),
            entry("NotFoundException", DESTROYED),
            entry("InvalidCiphertextException", CORRUPT),
            entry("IncorrectKeyException", CORRUPT),
            entry("InvalidKeyUsageException", MISCONFIGURED),
            entry("KeyUnavailableException", UNREACHABLE),
            entry("KMSInternalException", UNREACHABLE),
            entry("DependencyTimeoutException", UNREACHABLE));

    private static final Map<String, String> CURES = Map.ofEntries(
            entry("DisabledException", "Enable the key in KMS."),
            entry("NotFoundException", "The key is not in this region and account; a deleted one cannot come back."),
            entry(
                    "AccessDeniedException",
                    "The role's policy, and the key's own, must allow kms:Encrypt and kms:Decrypt on the key, under a"
                            + " condition that the gateway's encryption context meets, if any. A proof names what probe_project_id and"
                            + " probe_bucket say."),
            entry(
                    "AccessDenied",
                    "The role must exist, and its trust policy allow sts:AssumeRole to the gateway's principal with the"
                            + " registered external id."),
            entry("RegionDisabledException", "Activate STS in the key's region for the role's account."),
            entry("InvalidKeyUsageException", "The key must be symmetric, for encryption and decryption."));

    @Override
    public KmsException classify(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof KmsException known) {
                return known;
            }
        }
        if (failure instanceof AwsServiceException refused) {
            return ofService(refused);
        }
        if (failure instanceof SdkException unanswered) {
            return unanswered(unanswered);
        }
        LOG.warn("a call to AWS failed in an unforeseen way: {}", failure.toString());
        return new KmsException(UNREACHABLE, "The call to AWS failed before it was answered.", failure);
    }

    /** The SDK quotes what it cannot parse, and that may be the decrypted secret: only words that cannot are passed on. */
    private static KmsException unanswered(SdkException failure) {
        boolean late = failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException;
        Optional<String> reason = late ? Optional.of("the call timed out") : NoAnswer.reason(failure);
        if (reason.isPresent()) {
            return new KmsException(UNREACHABLE, "AWS does not answer: " + reason.get() + ".");
        }
        LOG.warn("an answer of AWS was not understood: {}", failure.getClass().getName());
        return new KmsException(UNREACHABLE, "AWS answered what is not understood.");
    }

    /** Whether KMS refused the session rather than the call, so that a new session may do. */
    static boolean sessionOver(AwsServiceException refused) {
        return !(refused instanceof StsException) && SESSION_OVER.contains(code(refused));
    }

    private static KmsException ofService(AwsServiceException refused) {
        boolean sts = refused instanceof StsException;
        String code = code(refused);
        String service = sts ? "AWS STS" : "AWS KMS";
        if (SESSION_REFUSED.contains(code)) {
            // The tenant's refusal is AccessDenied, of the role or of the key. A session that STS gave and KMS does not
            // take
            // is between AWS and the gateway, as are the gateway's own credentials that STS is asked with.
            return KmsException.ofGateway(service + " refuses "
                    + (sts ? "the gateway's own credentials: " : "a session that STS gave: ") + code + ".");
        }
        if (!sts && code.equals("KMSInvalidStateException")) {
            return InvalidState.of(said(refused)).fault(service + ": " + code + ": " + said(refused));
        }
        KmsError error = COMMON.getOrDefault(code, byStatus(refused, code));
        if (!sts) {
            error = KMS.getOrDefault(code, error);
        }
        // No cause: the SDK's exception may quote the request.
        return KmsException.advising(error, service + ": " + words(refused, code), CURES.getOrDefault(code, ""));
    }

    private static String said(AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null
                        || details.errorMessage() == null
                        || details.errorMessage().isBlank()
                ? "no reason given."
                : details.errorMessage();
    }

    /** A code we do not know: the status says whether it was AWS's fault. Without a code it was not AWS that answered. */
    private static KmsError byStatus(AwsServiceException refused, String code) {
        if (code.isEmpty() || refused.statusCode() >= 500) {
            return UNREACHABLE;
        }
        return refused.statusCode() == 429 ? THROTTLED : MISCONFIGURED;
    }

    private static String words(AwsServiceException refused, String code) {
        return (code.isEmpty() ? "HTTP " + refused.statusCode() : code) + ": " + said(refused);
    }

    static String code(AwsServiceException refused) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
