package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** Ranges and part numbers over parts whose sizes have nothing to do with frames or with each other. */
class PartBoundariesTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final int MIN = Multipart.SMALLEST_PART_BYTES;
    private static final List<byte[]> RAGGED = List.of(
            Multipart.random(MIN, 1),
            Multipart.random(MIN + 1, 2),
            Multipart.random(7_000_001, 3),
            Multipart.random(MIN + 65_535, 4),
            Multipart.random(100, 5));
    private static final List<byte[]> ALIGNED =
            List.of(Multipart.random(MIN, 6), Multipart.random(MIN, 7), Multipart.random(65_536, 8));

    private static S3Client client;
    private static String bucket;

    @BeforeAll
    static void upload() {
        client = STACK.client();
        bucket = STACK.bucket();
        Multipart.upload(client, bucket, "ragged", RAGGED);
        Multipart.upload(client, bucket, "aligned", ALIGNED);
    }

    @Test
    void rangesAcrossEveryBoundaryOfRaggedParts() {
        rangesAcrossEveryBoundary("ragged", RAGGED);
    }

    @Test
    void rangesAcrossEveryBoundaryOfAlignedParts() {
        rangesAcrossEveryBoundary("aligned", ALIGNED);
    }

    private static void rangesAcrossEveryBoundary(String key, List<byte[]> parts) {
        byte[] whole = Multipart.concat(parts);
        int boundary = 0;
        for (byte[] part : parts.subList(0, parts.size() - 1)) {
            boundary += part.length;
            for (int first = boundary - 2; first <= boundary + 1; first++) {
                for (int last : new int[] {first, boundary, boundary + 1, boundary + 70_000}) {
                    if (last >= first) {
                        assertRange(key, whole, first, last);
                    }
                }
            }
        }
        assertRange(key, whole, 0, whole.length - 1);
        assertRange(key, whole, whole.length - 1, whole.length - 1);
        assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key(key).range("bytes=-150"))
                        .asByteArray())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 150, whole.length));
    }

    @Test
    void eachPartByItsNumber() {
        for (int number = 1; number <= RAGGED.size(); number++) {
            int part = number;
            assertThat(client.getObjectAsBytes(
                                    r -> r.bucket(bucket).key("ragged").partNumber(part))
                            .asByteArray())
                    .as("part %s", part)
                    .isEqualTo(RAGGED.get(part - 1));
            assertThat(client.headObject(r -> r.bucket(bucket).key("ragged").partNumber(part))
                            .contentLength())
                    .isEqualTo(RAGGED.get(part - 1).length);
        }
    }

    private static void assertRange(String key, byte[] whole, int first, int last) {
        int end = Math.min(last + 1, whole.length);
        assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key(key).range("bytes=" + first + "-" + last))
                        .asByteArray())
                .as("bytes %s to %s of %s", first, last, key)
                .isEqualTo(Arrays.copyOfRange(whole, first, end));
    }
}
