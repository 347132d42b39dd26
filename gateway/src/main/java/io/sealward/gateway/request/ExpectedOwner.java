package io.sealward.gateway.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.tenant.Project;

/**
 * Checks whom a client takes for the owner of a bucket: here a project, by the id that listings tell as their
 * owner's.
 */
public final class ExpectedOwner {
    private ExpectedOwner() {}

    /**
     * Holds {@code x-amz-expected-bucket-owner} against who owns the bucket.
     *
     * @throws S3Exception AccessDenied
     */
    public static void check(HttpHeaders headers, Project owner) {
        check(headers, "x-amz-expected-bucket-owner", owner);
    }

    /**
     * Holds {@code x-amz-source-expected-bucket-owner} against who owns the bucket of a copy's source.
     *
     * @throws S3Exception AccessDenied
     */
    public static void checkSource(HttpHeaders headers, Project owner) {
        check(headers, "x-amz-source-expected-bucket-owner", owner);
    }

    private static void check(HttpHeaders headers, String name, Project owner) {
        String expected = headers.get(name);
        if (expected != null && !expected.equals(owner.id())) {
            throw new S3Exception(S3Error.ACCESS_DENIED);
        }
    }
}
