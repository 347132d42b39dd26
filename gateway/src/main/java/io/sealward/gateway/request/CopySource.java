package io.sealward.gateway.request;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.s3.UriEncoding;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.RequestTarget;
import io.sealward.gateway.sigv4.SingleHeader;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.Buckets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What {@code x-amz-copy-source} names. Source: Amazon S3 API Reference, "CopyObject".
 *
 * @param versionId empty for the latest
 */
public record CopySource(Place place, Optional<String> versionId) {
    public static final String HEADER = "x-amz-copy-source";

    /** What a request says of the source, but for the range of it. */
    private static final List<String> HEADERS = List.of(
            HEADER,
            HEADER + "-if-match",
            HEADER + "-if-none-match",
            HEADER + "-if-modified-since",
            HEADER + "-if-unmodified-since",
            "x-amz-source-expected-bucket-owner");

    private static final String VERSION = "?versionId=";

    /**
     * Reads {@code bucket/key} or {@code /bucket/key}, URL-encoded in part or in whole, where a {@code +} is a space as S3 takes
     * it, and behind it {@code ?versionId=}.
     *
     * @throws S3Exception InvalidArgument for what names no object, and for an access point, which the gateway has none of
     */
    public static CopySource parse(String text) {
        int version = text.lastIndexOf(VERSION);
        String path = decoded(version < 0 ? text : text.substring(0, version));
        String named = path.startsWith("/") ? path.substring(1) : path;
        int slash = named.indexOf('/');
        if (slash <= 0 || slash == named.length() - 1 || named.startsWith("arn:")) {
            throw new S3Exception(
                    S3Error.INVALID_ARGUMENT,
                    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey");
        }
        Optional<String> id =
                version < 0 ? Optional.empty() : Optional.of(decoded(text.substring(version + VERSION.length())));
        if (id.filter(String::isEmpty).isPresent()) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "Version id cannot be the empty string");
        }
        id.ifPresent(Addressing::requireId);
        return new CopySource(Addressing.place(named.substring(0, slash), named.substring(slash + 1)), id);
    }

    private static String decoded(String text) {
        try {
            return UriEncoding.decodeQuery(text);
        } catch (S3Exception e) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "Invalid copy source encoding.");
        }
    }

    /**
     * The read of the object that a request copies, admitted like a request of its own.
     *
     * @param rights of the operation that copies
     * @return fails with AccessDenied where the sender may not read it
     * @throws S3Exception as {@link #parse}, as {@link Buckets#admit}, and AccessDenied where it is not whose the client expects
     */
    public static CompletionStage<S3Request> of(S3Request copy, Rights rights, Buckets buckets) {
        CopySource source = parse(SingleHeader.of(copy.headers(), HEADER).orElse(""));
        Admission claim = buckets.admit(copy.admission().sender(), source.place.bucket());
        ExpectedOwner.checkSource(copy.headers(), claim.project());
        String action = rights.ofSource().orElseThrow().of(source.versionId.isPresent());
        return copy.permissions()
                .toRead(claim, source.place, source.versionId, List.of(action))
                .thenApply(admission -> source.read(copy, admission));
    }

    private S3Request read(S3Request copy, Admission admission) {
        return new S3Request(
                HttpMethod.GET,
                place,
                new RequestTarget(
                        '/' + place.bucket() + '/' + place.key(),
                        versionId.stream()
                                .map(id -> new RequestTarget.Parameter("versionId", id))
                                .toList()),
                new DefaultHttpHeaders(),
                admission,
                copy.permissions(),
                new PayloadPolicy.Unsigned());
    }

    /** The headers that say what is copied, and these. */
    public static String[] headersAnd(String... more) {
        return Stream.concat(HEADERS.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** As the store takes it. */
    public String toStore() {
        return '/'
                + UriEncoding.encodePath(place.bucket() + '/' + place.key())
                + versionId.map(id -> VERSION + UriEncoding.encodeQuery(id)).orElse("");
    }
}
