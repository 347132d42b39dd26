package io.sealward.it.cloud.gcp;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * Cloud KMS's refusals with the details it adds to them.
 *
 * @see <a href="https://cloud.google.com/apis/design/errors">Google API design guide, errors</a>
 */
final class KmsRefusal {
    private static final String DOMAIN = "cloudkms.googleapis.com";

    private KmsRefusal() {}

    /** The same for a key that does not exist and for one that the caller may not use. */
    static StatusRuntimeException permissionDenied(String permission, String resource) {
        return of(
                Code.PERMISSION_DENIED,
                "Permission '" + permission + "' denied on resource '" + resource + "' (or it may not exist).",
                ErrorInfo.newBuilder()
                        .setReason("IAM_PERMISSION_DENIED")
                        .setDomain(DOMAIN)
                        .putMetadata("permission", permission)
                        .putMetadata("resource", resource)
                        .build());
    }

    static StatusRuntimeException serviceDisabled() {
        return of(
                Code.PERMISSION_DENIED,
                "Cloud Key Management Service (KMS) API has not been used in this project before or it is disabled.",
                ErrorInfo.newBuilder()
                        .setReason("SERVICE_DISABLED")
                        .setDomain("googleapis.com")
                        .putMetadata("service", DOMAIN)
                        .build());
    }

    static StatusRuntimeException notEnabled(String version, VersionState state) {
        return of(
                Code.FAILED_PRECONDITION,
                version + " is not enabled, current state is: " + state + ".",
                PreconditionFailure.newBuilder()
                        .addViolations(PreconditionFailure.Violation.newBuilder()
                                .setType("KEY_" + state)
                                .setSubject(version)
                                .setDescription(version + " is not enabled, current state is: " + state + "."))
                        .build());
    }

    static StatusRuntimeException unauthenticated() {
        return of(
                Code.UNAUTHENTICATED,
                "Request had invalid authentication credentials. Expected OAuth 2 access token.",
                ErrorInfo.newBuilder()
                        .setReason("ACCESS_TOKEN_EXPIRED")
                        .setDomain("googleapis.com")
                        .build());
    }

    static StatusRuntimeException quotaExceeded() {
        return of(
                Code.RESOURCE_EXHAUSTED,
                "Quota exceeded for quota metric 'Cryptographic requests'.",
                ErrorInfo.newBuilder()
                        .setReason("RATE_LIMIT_EXCEEDED")
                        .setDomain("googleapis.com")
                        .build());
    }

    static StatusRuntimeException plain(Code code, String message) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .build());
    }

    private static StatusRuntimeException of(Code code, String message, Message detail) {
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(message)
                .addDetails(Any.pack(detail))
                .build());
    }
}
