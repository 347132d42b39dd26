package io.sealward.gateway.body;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.PayloadPolicy;
import io.sealward.gateway.sigv4.SingleHeader;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a verified request head says of the body to come: its plaintext length and all that must hold of it. */
public final class RequestBody {
    private static final String AWS_CHUNKED = "aws-chunked";
    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";
    private static final int MD5_LENGTH = 16;

    private final PayloadPolicy policy;
    private final long length;
    private final Optional<String> md5Hex;
    private final AnnouncedChecksum checksum;

    private RequestBody(PayloadPolicy policy, long length, Optional<String> md5Hex, AnnouncedChecksum checksum) {
        this.policy = policy;
        this.length = length;
        this.md5Hex = md5Hex;
        this.checksum = checksum;
    }

    /**
     * A body that all digests in the head belong to: objects, parts, most documents.
     *
     * @throws S3Exception MissingContentLength, InvalidArgument, InvalidRequest, InvalidDigest as S3 does
     */
    public static RequestBody of(HttpHeaders headers, PayloadPolicy policy) {
        return new RequestBody(policy, length(headers, policy), md5Hex(headers), checksum(headers, policy));
    }

    /** The document of CompleteMultipartUpload: an {@code x-amz-checksum-*} in its head is the object's. */
    public static RequestBody ofCompletion(HttpHeaders headers, PayloadPolicy policy) {
        return new RequestBody(policy, length(headers, policy), md5Hex(headers), new AnnouncedChecksum.Absent());
    }

    /** Whether a request says that it has a body, be it an empty one. */
    public static boolean announced(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.CONTENT_LENGTH) || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** {@code Content-Encoding} as it is to be kept with the object: without {@code aws-chunked}, which is of the wire. */
    public static Optional<String> storedContentEncoding(HttpHeaders headers) {
        String all = String.join(",", headers.getAll("content-encoding"));
        String kept = Arrays.stream(all.split(","))
                .map(String::trim)
                .filter(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase(AWS_CHUNKED))
                .collect(Collectors.joining(","));
        return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
    }

    /** Plaintext bytes, exactly. */
    public long length() {
        return length;
    }

    /** The checksum that the head has of it, which the body will be verified by. */
    public Optional<Checksum> announcedChecksum() {
        return checksum instanceof AnnouncedChecksum.InHeader header
                ? Optional.of(header.checksum())
                : Optional.empty();
    }

    /**
     * Requires a digest of the plaintext beside the signature, as S3 does where a damaged document would delete.
     *
     * @throws S3Exception InvalidRequest
     */
    public RequestBody requireDigest() {
        if (md5Hex.isEmpty() && checksum instanceof AnnouncedChecksum.Absent) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "Missing required header for this request: Content-MD5");
        }
        return this;
    }

    /** New stages in front of a sink for the plaintext. They own it: closing them closes it. */
    public BodyIntake into(ByteSink plaintext) {
        ContentDigests digests = new ContentDigests(plaintext);
        md5Hex.ifPresent(digests::expectMd5);
        if (checksum instanceof AnnouncedChecksum.InHeader header) {
            digests.expectChecksum(header.checksum(), header.hex());
        } else if (checksum instanceof AnnouncedChecksum.InTrailer trailer) {
            digests.expectTrailer(trailer.algorithm());
        }
        if (policy instanceof PayloadPolicy.ExactSha256 exact) {
            digests.expectSha256(exact.hex());
        }
        ByteSink exact = new LengthCheck(length, digests);
        return new BodyIntake(
                policy instanceof PayloadPolicy.Chunked chunked ? decoder(chunked, digests, exact) : exact, digests);
    }

    private AwsChunkedDecoder decoder(PayloadPolicy.Chunked chunked, ContentDigests digests, ByteSink downstream) {
        ChunkIntegrity integrity;
        if (chunked instanceof PayloadPolicy.SignedChunks signed) {
            integrity = new ChunkIntegrity.Signed(signed.seed().begin(), false);
        } else if (chunked instanceof PayloadPolicy.SignedChunksWithTrailer signed) {
            integrity = new ChunkIntegrity.Signed(signed.seed().begin(), true);
        } else {
            integrity = new ChunkIntegrity.Unsigned();
        }
        Optional<ChecksumAlgorithm> announced = checksum instanceof AnnouncedChecksum.InTrailer trailer
                ? Optional.of(trailer.algorithm())
                : Optional.empty();
        return new AwsChunkedDecoder(integrity, new TrailerSection(announced, integrity, digests), downstream);
    }

    private static long length(HttpHeaders headers, PayloadPolicy policy) {
        Optional<String> decoded = SingleHeader.of(headers, DECODED_LENGTH);
        if (policy instanceof PayloadPolicy.Chunked) {
            return decoded.flatMap(RequestBody::number)
                    .orElseThrow(() -> new S3Exception(
                            S3Error.MISSING_CONTENT_LENGTH,
                            "You must provide the x-amz-decoded-content-length HTTP header."));
        }
        String text = SingleHeader.of(headers, "content-length")
                .orElseThrow(() -> new S3Exception(S3Error.MISSING_CONTENT_LENGTH));
        long length = number(text)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT, "The header Content-Length must be a number of bytes."));
        if (decoded.isPresent() && !decoded.get().equals(text)) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "x-amz-decoded-content-length needs a STREAMING x-amz-content-sha256.");
        }
        return length;
    }

    private static Optional<Long> number(String text) {
        return Decimal.parse(text).stream().boxed().findFirst();
    }

    private static Optional<String> md5Hex(HttpHeaders headers) {
        return SingleHeader.of(headers, "content-md5").map(base64 -> DigestValue.toHex(base64, MD5_LENGTH)
                .orElseThrow(() -> new S3Exception(S3Error.INVALID_DIGEST)));
    }

    private static AnnouncedChecksum checksum(HttpHeaders headers, PayloadPolicy policy) {
        AnnouncedChecksum announced = AnnouncedChecksum.of(headers);
        boolean inTrailer = announced instanceof AnnouncedChecksum.InTrailer;
        boolean canHaveTrailer = policy instanceof PayloadPolicy.SignedChunksWithTrailer
                || policy instanceof PayloadPolicy.UnsignedChunksWithTrailer;
        if (inTrailer && !canHaveTrailer) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST, "x-amz-trailer needs an x-amz-content-sha256 that ends in -TRAILER.");
        }
        return announced;
    }
}
