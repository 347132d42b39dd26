package io.sealward.gateway.request;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;

/**
 * What a request may bring to an operation.
 *
 * @param headers the {@code x-amz-*} headers it understands beyond those that every operation does; all others are refused
 */
public record Accepts(BodyKind body, AcceptedHeaders headers) {
    public Accepts {
        requireNonNull(body, "body");
        requireNonNull(headers, "headers");
    }

    public static Accepts nothing() {
        return new Accepts(BodyKind.NONE, AcceptedHeaders.NONE);
    }

    public static Accepts headers(AcceptedHeaders headers) {
        return new Accepts(BodyKind.NONE, headers);
    }

    public static Accepts document(AcceptedHeaders headers) {
        return new Accepts(BodyKind.DOCUMENT, headers);
    }

    public static Accepts objectData(AcceptedHeaders headers) {
        return new Accepts(BodyKind.OBJECT_DATA, headers);
    }

    /**
     * Refuses what the operation does not understand.
     *
     * @throws S3Exception NotImplemented or InvalidArgument
     */
    public void check(HttpHeaders sent, PayloadPolicy payload) {
        headers.check(sent);
        if (payload instanceof PayloadPolicy.Chunked && body != BodyKind.OBJECT_DATA) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "This x-amz-content-sha256 is for object data only.");
        }
    }
}
