package io.sealward.gateway.body;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums of S3 that a client may send with a body. Source: Amazon S3 User Guide, "Checking object integrity". */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    static final String HEADER_PREFIX = "x-amz-checksum-";

    private final int length;

    ChecksumAlgorithm(int length) {
        this.length = length;
    }

    /** By {@code x-amz-checksum-crc32} and so on, in any case. */
    public static Optional<ChecksumAlgorithm> ofHeader(String headerName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.headerName().equalsIgnoreCase(headerName))
                .findFirst();
    }

    /** In lower case, for headers and trailers. */
    public String headerName() {
        return HEADER_PREFIX + name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of the raw value. */
    int length() {
        return length;
    }

    RunningDigest newDigest() {
        return switch (this) {
            case CRC32 -> RunningDigest.of(new CRC32(), length);
            case CRC32C -> RunningDigest.of(new CRC32C(), length);
            case CRC64NVME -> RunningDigest.of(new Crc64Nvme(), length);
            case SHA1 -> RunningDigest.of("SHA-1");
            case SHA256 -> RunningDigest.of("SHA-256");
        };
    }
}
