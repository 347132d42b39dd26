package io.sealward.gateway.body;

import static java.util.Objects.requireNonNull;

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
}
