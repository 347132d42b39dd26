package io.sealward.gateway.object;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.crypto.key.KekReference;
import io.sealward.gateway.request.EncryptionHeaders;
import io.sealward.gateway.request.MetadataHeaders;
import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.ByteRange;
import io.sealward.gateway.s3.ETags;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Map;
import java.util.Optional;

/**
 * What of a sealed object is to be read, and how the answer says so.
 *
 * @param total plaintext bytes of the whole object
 * @param range the part of them that is wanted, if not all
 * @param partCount told to a client that asked for a part of a multipart object
 */
record ReadPlan(Extent extent, long total, Optional<ByteRange.Resolved> range, Optional<Integer> partCount) {
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "content-type",
            "response-content-language", "content-language",
            "response-expires", "expires",
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding");

    int status() {
        return range.isPresent() ? 206 : 200;
    }

    HttpHeaders headers(S3Request request, StoredObject object, KekReference kek) {
        HttpHeaders headers = describe(request, object);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, extent.length());
        range.ifPresent(wanted -> headers.set(HttpHeaderNames.CONTENT_RANGE, wanted.contentRange(total)));
        partCount.ifPresent(count -> headers.set("x-amz-mp-parts-count", count));
        EncryptionHeaders.add(headers, kek);
        return headers;
    }

    /** The headers of an object, sealed or not, that do not depend on how much of it is read. */
    static HttpHeaders describe(S3Request request, StoredObject object) {
        HttpHeaders headers = MetadataHeaders.toClient(object.headers());
        headers.set(HttpHeaderNames.ETAG, ETags.toClient(object.etag()));
        headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
        OVERRIDES.forEach((parameter, name) ->
                request.query(parameter).ifPresent(value -> headers.set(name, headerValue(parameter, value))));
        return headers;
    }

    /** One char for each byte of UTF-8, as headers are written. */
    private static String headerValue(String parameter, String value) {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F)) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The value of " + parameter + " cannot be a header.");
        }
        return new String(value.getBytes(UTF_8), ISO_8859_1);
    }
}
