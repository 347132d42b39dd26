package io.sealward.gateway.sigv4;

import static java.util.Objects.requireNonNull;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Locale;
import java.util.regex.Pattern;

/** How the signature covers the body, from {@code x-amz-content-sha256}. The body is not yet verified. */
public sealed interface PayloadPolicy {
    /** The value that leaves the body out of the signature. */
    String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    /** The form of every other value but the streaming ones. */
    Pattern SHA256_HEX = Pattern.compile("[0-9a-fA-F]{64}");

    /** The whole body has this SHA-256, in lower-case hex. */
    record ExactSha256(String hex) implements PayloadPolicy {
        public ExactSha256 {
            requireNonNull(hex, "hex");
        }
    }

    /** Any body. */
    record Unsigned() implements PayloadPolicy {}

    /** A body in the {@code aws-chunked} framing, for operations that take object data only (PutObject, UploadPart). */
    sealed interface Chunked extends PayloadPolicy {}

    /** Each chunk is signed. */
    record SignedChunks(ChunkSeed seed) implements Chunked {
        public SignedChunks {
            requireNonNull(seed, "seed");
        }
    }

    /** Each chunk is signed, and the trailers after the last. */
    record SignedChunksWithTrailer(ChunkSeed seed) implements Chunked {
        public SignedChunksWithTrailer {
            requireNonNull(seed, "seed");
        }
    }

    /** Chunks and trailers without signatures. */
    record UnsignedChunksWithTrailer() implements Chunked {}

    /** The policy of a request whose signature is verified. */
    static PayloadPolicy of(String contentSha256, ChunkSeed seed) {
        return switch (contentSha256) {
            case UNSIGNED_PAYLOAD -> new Unsigned();
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new SignedChunks(seed);
            case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new SignedChunksWithTrailer(seed);
            case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new UnsignedChunksWithTrailer();
            default -> exact(contentSha256);
        };
    }

    private static PayloadPolicy exact(String contentSha256) {
        if (contentSha256.startsWith("STREAMING-AWS4-")) {
            throw new S3Exception(
                    S3Error.NOT_IMPLEMENTED,
                    "This x-amz-content-sha256 is not supported. Please use AWS4-HMAC-SHA256.");
        }
        if (SHA256_HEX.matcher(contentSha256).matches()) {
            return new ExactSha256(contentSha256.toLowerCase(Locale.ROOT));
        }
        throw new S3Exception(
                S3Error.INVALID_ARGUMENT,
                "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                        + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
                        + " or a valid sha256 value.");
    }
}
