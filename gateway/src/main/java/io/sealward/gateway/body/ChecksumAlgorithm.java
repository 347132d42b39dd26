package io.sealward.gateway.body;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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

    /** In the documents of S3. */
    public String elementName() {
        return "Checksum" + name();
    }

    /** Whether the checksum of a whole can be told from those of its parts. */
    public boolean joins() {
        return crc().isPresent();
    }

    /**
     * The checksum of an object from those of its parts, all of this algorithm.
     *
     * @param type FULL_OBJECT only where they {@link #joins}
     * @param lengths of the parts, in bytes
     */
    public Checksum ofParts(ChecksumType type, List<Checksum> parts, List<Long> lengths) {
        return type == ChecksumType.COMPOSITE
                ? composite(parts)
                : whole(crc().orElseThrow(() -> new IllegalArgumentException(name() + " of a whole")), parts, lengths);
    }

    private Checksum composite(List<Checksum> parts) {
        RunningDigest digest = newDigest();
        parts.forEach(part -> digest.update(ByteBuffer.wrap(Base64.getDecoder().decode(part.base64()))));
        return new Checksum(this, Base64.getEncoder().encodeToString(digest.value()) + '-' + parts.size());
    }

    private Checksum whole(CrcOfParts crc, List<Checksum> parts, List<Long> lengths) {
        long joined = 0; // the CRC of nothing
        for (int i = 0; i < parts.size(); i++) {
            byte[] value = Base64.getDecoder().decode(parts.get(i).base64());
            joined = crc.join(joined, new BigInteger(1, value).longValue(), lengths.get(i));
        }
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES).putLong(joined);
        byte[] value = Arrays.copyOfRange(all.array(), Long.BYTES - length, Long.BYTES);
        return new Checksum(this, Base64.getEncoder().encodeToString(value));
    }

    private Optional<CrcOfParts> crc() {
        return switch (this) {
            case CRC32 -> Optional.of(new CrcOfParts(0xEDB8_8320L, Integer.SIZE));
            case CRC32C -> Optional.of(new CrcOfParts(0x82F6_3B78L, Integer.SIZE));
            case CRC64NVME -> Optional.of(new CrcOfParts(Crc64Nvme.POLYNOMIAL, Long.SIZE));
            case SHA1, SHA256 -> Optional.empty();
        };
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
