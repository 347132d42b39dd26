package io.sealward.gateway.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The {@code x-amz-*} headers that SDKs move into the query when they presign: metadata, ACL, checksums, conditions. S3
 * honours them as headers, so they must not be dropped.
 */
public final class HoistedHeaders {
    private static final Set<String> OF_THE_SIGNATURE = Set.of(
            "x-amz-algorithm",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-signedheaders",
            "x-amz-signature",
            "x-amz-security-token",
            "x-amz-content-sha256");

    /** The SDK for JavaScript presigns an upload with the CRC32 of the body it does not have yet. */
    private static final String CRC32 = "x-amz-checksum-crc32";

    private static final String CRC32_OF_NOTHING = "AAAAAA==";
    private static final String ALGORITHM = "x-amz-sdk-checksum-algorithm";
    private static final Pattern NAME = Pattern.compile("x-amz-[a-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");

    private HoistedHeaders() {}

    /**
     * The headers of a verified request with those of its presigned query added; the given object if there are none. A CRC32
     * of nothing is passed over, as S3 passes over checksums in a query: it says nothing of the body that comes.
     *
     * @throws S3Exception InvalidArgument if one could not be a header, or is a header too
     */
    public static HttpHeaders restore(RequestTarget target, HttpHeaders headers) {
        if (!target.hasParameter(QueryClaim.SIGNATURE)) {
            return headers;
        }
        boolean ofNothing = target.parameters().stream()
                .anyMatch(p -> p.name().equalsIgnoreCase(CRC32) && p.value().equals(CRC32_OF_NOTHING));
        HttpHeaders restored = headers;
        for (RequestTarget.Parameter parameter : target.parameters()) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            if (!name.startsWith("x-amz-")
                    || OF_THE_SIGNATURE.contains(name)
                    || (ofNothing && (name.equals(CRC32) || name.equals(ALGORITHM)))) {
                continue;
            }
            String value = new String(parameter.value().getBytes(UTF_8), ISO_8859_1);
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches() || restored.contains(name)) {
                throw new S3Exception(
                        S3Error.INVALID_ARGUMENT, "An x-amz- query parameter is not a valid or single header.");
            }
            if (restored == headers) {
                restored = headers.copy();
            }
            restored.set(name, value.trim());
        }
        return restored;
    }
}
