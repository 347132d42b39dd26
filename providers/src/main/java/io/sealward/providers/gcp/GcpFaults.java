package io.sealward.providers.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import io.grpc.Status;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.NoAnswer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Google's answers mean for the key. Decided by gRPC status and OAuth error code, never by exception class.
 *
 * @see <a href="https://cloud.google.com/kms/docs/reference/rpc/google.cloud.kms.v1">Cloud KMS RPC reference</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, 5.2</a>
 */
final class GcpFaults {
    private static final Logger LOG = LoggerFactory.getLogger(GcpFaults.class);

    /** The library keeps its exception class to itself, so what it says is all there is. */
    private static final Pattern OAUTH_DENIAL = Pattern.compile(
            "^Error code (invalid_grant|invalid_request|invalid_target|invalid_client|unauthorized_client|access_denied)\\b.*",
            Pattern.DOTALL);
    /** The gateway's own token has expired, or its issuer cannot be reached: no tenant has refused anything. */
    private static final Pattern OWN_TOKEN =
            Pattern.compile("\\bis stale to sign-in\\b|[Ee]rror connecting to the given credential's issuer\\b");
    /** What gRPC says when something on the way answered in plain HTTP, whose 403 is nobody's decision about the key. */
    private static final Pattern NOT_GRPC = Pattern.compile("^[A-Z_]+: HTTP status code [0-9]{3}\\b");

    /** Any error of OAuth, as the library words it; what it says besides may be a class's name, or quote what it read. */
    private static final Pattern OAUTH = Pattern.compile("^Error code \\w");

    private static final String EXCHANGE = "Failed to exchange the gateway's token for the tenant's: ";

    private static final Pattern GIVEN_UP = Pattern.compile("\\bdeadline (was )?exceeded\\b");

    private static final Pattern CHECKSUM = Pattern.compile("_crc32c\\b");

    /** The states of a version that are its owner's will; in the others it is not ready yet, or will never be. */
    private static final Pattern DISABLED_STATE = Pattern.compile("\\bcurrent state is: DISABLED\\b");

    private static final Pattern DESTROYED_STATE =
            Pattern.compile("\\bcurrent state is: (DESTROY|PENDING_EXTERNAL_DESTRUCTION|EXTERNAL_DESTRUCTION_FAILED)");

    /** The project cannot pay, which is no word about the key. */
    private static final String BILLING = "BILLING_DISABLED";

    private GcpFaults() {}

    static KmsException ofKms(Throwable failure) {
        if (failure instanceof KmsException already) {
            return already;
        }
        if (failure instanceof ApiException answer) {
            if (answer.getStatusCode().getCode() == StatusCode.Code.UNAUTHENTICATED && !notGrpc(answer)) {
                // A pool that is gone, or trusts the gateway no more, refuses the exchange. This token it has just
                // given.
                return KmsException.ofGateway("Cloud KMS refuses a token that Google gave: " + message(answer));
            }
            return new KmsException(classify(answer), message(answer));
        }
        LOG.warn("a call to Cloud KMS failed in an unforeseen way: {}", failure.toString());
        return new KmsException(KmsError.UNREACHABLE, "The call to Cloud KMS failed before it was answered.", failure);
    }

    static KmsException ofExchange(Throwable failure) {
        if (failure instanceof SubjectTokenException) {
            return KmsException.ofGateway(failure.getMessage());
        }
        if (failure instanceof TokenRefusal refusal) {
            return new KmsException(
                    refusal.denied() ? KmsError.REVOKED : KmsError.UNREACHABLE, EXCHANGE + refusal.getMessage());
        }
        String said = String.valueOf(failure.getMessage());
        if (!OAUTH.matcher(said).find()) {
            LOG.warn("the token exchange failed: {}", said);
            return new KmsException(
                    KmsError.UNREACHABLE,
                    EXCHANGE + NoAnswer.reason(failure).orElse("the answer is not understood") + ".");
        }
        if (OWN_TOKEN.matcher(said).find()) {
            return KmsException.ofGateway("Google refused the gateway's own token: " + said);
        }
        return new KmsException(
                OAUTH_DENIAL.matcher(said).matches() ? KmsError.REVOKED : KmsError.UNREACHABLE, EXCHANGE + said);
    }

    private static KmsError classify(ApiException answer) {
        if (notGrpc(answer)) {
            return KmsError.UNREACHABLE;
        }
        return switch (answer.getStatusCode().getCode()) {
            case PERMISSION_DENIED -> BILLING.equals(answer.getReason()) ? KmsError.UNREACHABLE : KmsError.REVOKED;
            case NOT_FOUND -> KmsError.REVOKED;
            case FAILED_PRECONDITION -> ofState(message(answer));
            // A checksum that does not match says that the request was damaged on its way, and is worth repeating.
            case INVALID_ARGUMENT -> CHECKSUM.matcher(message(answer)).find() ? KmsError.UNREACHABLE : KmsError.CORRUPT;
            case RESOURCE_EXHAUSTED -> KmsError.THROTTLED;
            default -> KmsError.UNREACHABLE;
        };
    }

    /** Cloud EKM says with the same status that an external key manager does not answer, or answered what makes no sense. */
    private static KmsError ofState(String message) {
        if (DESTROYED_STATE.matcher(message).find()) {
            return KmsError.DESTROYED;
        }
        return DISABLED_STATE.matcher(message).find() ? KmsError.REVOKED : KmsError.UNREACHABLE;
    }

    private static boolean notGrpc(ApiException answer) {
        return NOT_GRPC.matcher(message(answer)).find();
    }

    private static String message(ApiException answer) {
        Status said = Status.fromThrowable(answer);
        String reason = answer.getReason();
        return answer.getStatusCode().getCode() + (reason == null ? "" : " (" + reason + ")") + ": " + words(said);
    }

    /** What gRPC adds in further lines, and to a call that was given up, are its own innards. */
    private static String words(Status said) {
        String description =
                said.getDescription() == null ? "" : said.getDescription().strip();
        if (GIVEN_UP.matcher(description).find()) {
            return "the call timed out.";
        }
        boolean inner = description.isEmpty() || said.getCause() != null;
        return inner
                ? NoAnswer.reason(said.getCause()).map(reason -> reason + ".").orElse("no reason given.")
                : description.lines().findFirst().orElseThrow();
    }
}
