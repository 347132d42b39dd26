package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Set;

/**
 * The words of SSE-KMS, which is what the gateway does in the eyes of a client. They keep clients from taking an ETag
 * for an MD5, and clients send them back on later requests.
 */
public final class EncryptionHeaders {
    private static final String ALGORITHM = "x-amz-server-side-encryption";
    private static final String KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
    static final Set<String> NAMES = Set.of(ALGORITHM, KEY_ID, "x-amz-server-side-encryption-bucket-key-enabled");

    private EncryptionHeaders() {}

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
        String algorithm = request.get(ALGORITHM);
        if (algorithm != null && !algorithm.equals("aws:kms") && !algorithm.equals("AES256")) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "The encryption method specified is not supported: use aws:kms or none.");
        }
        String keyId = request.get(KEY_ID);
        if (keyId != null && !keyId.isEmpty() && !keyId.equals(kek.keyId())) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT, "This project is sealed under " + kek.keyId() + " and no other key.");
        }
    }
}
