package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The words of SSE-KMS, which is what the gateway does in the eyes of a client. They keep clients from taking an ETag
 * for an MD5, and clients send them back on later requests.
 */
public final class EncryptionHeaders {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
    static final Set<String> NAMES = Set.of(ALGORITHM, KEY_ID, "x-amz-server-side-encryption-bucket-key-enabled");

    private static final Set<String> FULFILLED = Set.of("aws:kms", "AES256");
    private static final List<String> SSE_C =
            List.of(ALGORITHM + "-customer-", "x-amz-copy-source-server-side-encryption-customer-");

    private EncryptionHeaders() {}

    /**
     * Refuses a header of encryption, in lower case, that an operation does not take. Other headers are let pass.
     *
     * @throws S3Exception InvalidRequest for SSE-C, InvalidArgument
     */
    static void refuse(String name) {
        if (SSE_C.stream().anyMatch(name::startsWith)) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "The encryption parameters are not applicable: SSE-C is blocked, and objects are sealed under the"
                            + " project's own key.");
        }
        if (NAMES.contains(name)) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, name + " header is not supported for this operation.");
        }
    }

    /** Says how an object is encrypted. */
    public static void add(HttpHeaders response, KekReference kek) {
        response.set(ALGORITHM, "aws:kms");
        response.set(KEY_ID, kek.keyId());
    }

    /**
     * Takes a request for encryption that the gateway fulfils anyhow, and refuses one for another key.
     *
     * @throws S3Exception InvalidArgument
     */
    public static void check(HttpHeaders request, KekReference kek) {
        requireOwn(
                Optional.ofNullable(request.get(ALGORITHM)),
                Optional.ofNullable(request.get(KEY_ID)),
                kek.externalKeyId(),
                kek.keyId());
    }

    /**
     * The same of what is asked for in another way.
     *
     * @param algorithm in S3's words
     * @param keyId by the cloud's id, at AWS with or without what comes before it, or by the one that it is registered under
     * @param externalKeyId of the project's key
     * @param ownKeyId the cloud's, of the project's key
     * @throws S3Exception InvalidArgument
     */
    public static void requireOwn(
            Optional<String> algorithm, Optional<String> keyId, String externalKeyId, String ownKeyId) {
        if (algorithm.filter(name -> !FULFILLED.contains(name)).isPresent()) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "The encryption method specified is not supported: use aws:kms or none.");
        }
        boolean other = keyId.filter(id -> !id.isEmpty()
                        && !id.equals(ownKeyId)
                        && !id.equals(externalKeyId)
                        && !ownKeyId.endsWith(":key/" + id))
                .isPresent();
        if (other) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "This project is sealed under " + ownKeyId + " and no other key.");
        }
    }
}
