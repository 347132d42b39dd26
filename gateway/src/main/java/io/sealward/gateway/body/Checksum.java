package io.sealward.gateway.body;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/**
 * A checksum over plaintext.
 *
 * @param base64 the value as S3 writes it
 */
public record Checksum(ChecksumAlgorithm algorithm, String base64) {
    public Checksum {
        requireNonNull(algorithm, "algorithm");
        requireNonNull(base64, "base64");
    }

    /** As the object format writes it: {@code crc32 NhCmhg==}. */
    public String text() {
        return algorithm.name().toLowerCase(Locale.ROOT) + ' ' + base64;
    }

    /** Reads it back; empty for what {@link #text} did not write. */
    public static Optional<Checksum> ofText(String text) {
        int space = text.indexOf(' ');
        return ChecksumAlgorithm.ofHeader(ChecksumAlgorithm.HEADER_PREFIX + text.substring(0, Math.max(space, 0)))
                .map(algorithm -> new Checksum(algorithm, text.substring(space + 1)));
    }

    /** Says it in an answer, of a whole object. */
    public void addTo(HttpHeaders headers) {
        headers.set(algorithm.headerName(), base64);
        headers.set("x-amz-checksum-type", ChecksumType.FULL_OBJECT.name());
    }
}
