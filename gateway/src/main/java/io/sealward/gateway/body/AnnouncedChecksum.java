package io.sealward.gateway.body;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.sigv4.SingleHeader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The checksum a request head promises for its body. */
sealed interface AnnouncedChecksum {
    /** None. */
    record Absent() implements AnnouncedChecksum {}

    /** Its value is known from the start. */
    record InHeader(Checksum checksum, String hex) implements AnnouncedChecksum {}

    /** Its value follows the body. */
    record InTrailer(ChecksumAlgorithm algorithm) implements AnnouncedChecksum {}

    /** Headers of the same prefix that name no value. */
    Set<String> NOT_VALUES = Set.of("x-amz-checksum-type", "x-amz-checksum-algorithm", "x-amz-checksum-mode");

    /** Reads {@code x-amz-checksum-*}, {@code x-amz-trailer} and {@code x-amz-sdk-checksum-algorithm}. */
    static AnnouncedChecksum of(HttpHeaders headers) {
        List<String> names = headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(ChecksumAlgorithm.HEADER_PREFIX) && !NOT_VALUES.contains(name))
                .distinct()
                .toList();
        Optional<String> trailer = SingleHeader.of(headers, "x-amz-trailer");
        if (names.size() + (trailer.isPresent() ? 1 : 0) > 1) {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        AnnouncedChecksum announced =
                trailer.map(AnnouncedChecksum::inTrailer).orElseGet(() -> inHeader(headers, names));
        SingleHeader.of(headers, "x-amz-sdk-checksum-algorithm").ifPresent(sdk -> checkAgrees(sdk, announced));
        return announced;
    }

    private static AnnouncedChecksum inTrailer(String name) {
        return ChecksumAlgorithm.ofHeader(name)
                .map(InTrailer::new)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_REQUEST, "The value specified in the x-amz-trailer header is not supported"));
    }

    private static AnnouncedChecksum inHeader(HttpHeaders headers, List<String> names) {
        if (names.isEmpty()) {
            return new Absent();
        }
        String name = names.get(0);
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.ofHeader(name)
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_REQUEST,
                        "The algorithm type you specified in x-amz-checksum- header is invalid."));
        String base64 = SingleHeader.of(headers, name).orElse("");
        String hex = DigestValue.toHex(base64, algorithm.length())
                .orElseThrow(
                        () -> new S3Exception(S3Error.INVALID_REQUEST, "Value for " + name + " header is invalid."));
        return new InHeader(new Checksum(algorithm, base64), hex);
    }

    private static void checkAgrees(String sdkAlgorithm, AnnouncedChecksum announced) {
        ChecksumAlgorithm algorithm;
        if (announced instanceof InHeader header) {
            algorithm = header.checksum().algorithm();
        } else if (announced instanceof InTrailer trailer) {
            algorithm = trailer.algorithm();
        } else {
            throw new S3Exception(
                    S3Error.INVALID_REQUEST,
                    "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer"
                            + " headers were found.");
        }
        if (!algorithm.name().equalsIgnoreCase(sdkAlgorithm)) {
            throw new S3Exception(S3Error.INVALID_REQUEST, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
    }
}
