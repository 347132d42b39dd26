package io.sealward.gateway.sigv4;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.List;
import java.util.Optional;

/** Reads headers that may occur once: of two values, the signature would cover both and the code would use one. */
public final class SingleHeader {
    private SingleHeader() {}

    /**
     * The trimmed value, empty if the header is absent.
     *
     * @throws S3Exception InvalidArgument if it occurs twice
     */
    public static Optional<String> of(HttpHeaders headers, String name) {
        List<String> values = headers.getAll(name);
        if (values.size() > 1) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The header " + name + " must not be repeated.");
        }
        return values.stream().map(String::trim).findFirst();
    }
}
