package io.sealward.gateway.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checksums of objects from those of their parts. */
class CrcOfPartsTest {
    private static Checksum of(ChecksumAlgorithm algorithm, byte[] data) {
        RunningDigest digest = algorithm.newDigest();
        digest.update(ByteBuffer.wrap(data));
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(digest.value()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void thatOfAllIsToldFromThoseOfTheParts(ChecksumAlgorithm algorithm) {
        byte[] all = new byte[100_003];
        new Random(1).nextBytes(all);
        for (List<Integer> cuts : List.of(List.of(0, 100_003), List.of(0, 1, 70_000, 70_000, 100_003))) {
            List<byte[]> parts = IntStream.range(1, cuts.size())
                    .mapToObj(i -> Arrays.copyOfRange(all, cuts.get(i - 1), cuts.get(i)))
                    .toList();
            List<Checksum> checksums =
                    parts.stream().map(part -> of(algorithm, part)).toList();
            List<Long> lengths = parts.stream().map(part -> (long) part.length).toList();
            assertThat(algorithm.ofParts(ChecksumType.FULL_OBJECT, checksums, lengths))
                    .isEqualTo(of(algorithm, all));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCompositeIsThatOfTheirValues(ChecksumAlgorithm algorithm) {
        Checksum one = of(algorithm, new byte[] {1});
        Checksum two = of(algorithm, new byte[] {2});
        ByteBuffer values = ByteBuffer.allocate(2 * algorithm.length())
                .put(Base64.getDecoder().decode(one.base64()))
                .put(Base64.getDecoder().decode(two.base64()));
        assertThat(algorithm
                        .ofParts(ChecksumType.COMPOSITE, List.of(one, two), List.of(1L, 1L))
                        .base64())
                .isEqualTo(of(algorithm, values.array()).base64() + "-2");
    }

    @ParameterizedTest
    @EnumSource
    void itsTextIsReadBack(ChecksumAlgorithm algorithm) {
        Checksum checksum = of(algorithm, new byte[] {1});
        assertThat(Checksum.ofText(checksum.text())).contains(checksum);
        assertThat(Checksum.ofText("md5 " + checksum.base64())).isEmpty();
        assertThat(Checksum.ofText("")).isEmpty();
    }
}
