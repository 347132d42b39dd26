package io.sealward.gateway.request;

import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;

/** How much of a listing a client asks for at once. S3 never gives more than 1,000, and not every store is as firm. */
public final class PageSize {
    private static final long MOST = 1000;

    private PageSize() {}

    /**
     * The store's {@code max-keys}, {@code max-uploads} or {@code max-parts}; empty where the client leaves it to the store.
     *
     * @throws S3Exception InvalidArgument
     */
    public static Optional<String> of(S3Request request, String parameter) {
        return request.query(parameter).filter(text -> !text.isEmpty()).map(text -> {
            long size = Decimal.parse(text).stream()
                    .filter(number -> number <= Integer.MAX_VALUE)
                    .findFirst()
                    .orElseThrow(() -> new S3Exception(
                            S3Error.INVALID_ARGUMENT,
                            "Argument " + parameter + " must be an integer between 0 and 2147483647."));
            return Long.toString(Math.min(size, MOST));
        });
    }
}
