package io.sealward.it.traps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import io.sealward.it.wire.Relay;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where a part is sealed under a key and nonces that do not change with the attempt, the XOR of two attempts'
 * ciphertexts is the XOR of their plaintexts, and whoever sees the store reads both.
 */
class NonceReuseTest {
    private static final int HEADER_BYTES = 32;
    private static final int PART_BYTES = Multipart.SMALLEST_PART_BYTES;

    private static Relay relay;

    @RegisterExtension
    static final Stack STACK = Stack.http(config -> {
        relay = new Relay(config.store().endpoint());
        return config.withStore(StoreConfig.of(
                relay.endpoint(),
                config.store().accessKey(),
                config.store().secretKey().value()));
    });

    private String bucket;

    @AfterAll
    static void stop() throws IOException {
        relay.close();
    }

    @BeforeEach
    void freshBucket() {
        bucket = STACK.bucket();
    }

    @Test
    void theSamePartSentTwiceWithOtherBytesSharesNoKeystream() {
        byte[] zeros = new byte[PART_BYTES];
        byte[] ones = new byte[PART_BYTES];
        Arrays.fill(ones, (byte) 1);
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");
            byte[] first = sealedPartOf(upload, zeros);
            byte[] second = sealedPartOf(upload, ones);
            upload.complete();

            assertRandom(xor(first, second));
        }
        Reading read = Reading.of(STACK.gateway(), bucket, "key");
        assertThat(read.body()).isEqualTo(ones);
    }

    @Test
    void theSamePartSentTwiceWithTheSameBytesIsSealedAnew() {
        byte[] content = new byte[PART_BYTES];
        try (S3Client client = STACK.client()) {
            Multipart upload = Multipart.begin(client, bucket, "key");

            assertRandom(xor(sealedPartOf(upload, content), sealedPartOf(upload, content)));
        }
    }

    @Test
    void equalPlaintextInTwoPartsIsNotEqualAtTheStore() {
        byte[] content = new byte[PART_BYTES];
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            Multipart.upload(client, bucket, "key", List.of(content, content));
            byte[] stored = RawObject.read(behind, bucket, "key").bytes();
            int part = PART_BYTES / 65_536 * RawObject.FRAME_BYTES;

            assertRandom(xor(
                    ciphertext(Arrays.copyOf(stored, part)), ciphertext(Arrays.copyOfRange(stored, part, 2 * part))));
        }
    }

    @Test
    void equalPlaintextInTheFramesOfOneObjectIsNotEqualAtTheStore() {
        try (S3Client client = STACK.client();
                S3Client behind = STACK.behind()) {
            client.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromBytes(new byte[4 * 65_536]));
            RawObject stored = RawObject.read(behind, bucket, "key");

            assertRandom(xor(ciphertext(stored.frame(0)), ciphertext(stored.frame(1))));
            assertRandom(xor(ciphertext(stored.frame(2)), ciphertext(stored.frame(3))));
        }
    }

    /** What went to the store as part 1: a later attempt replaces it there. */
    private static byte[] sealedPartOf(Multipart upload, byte[] content) {
        relay.forget();
        upload.part(1, content);
        byte[] sent = relay.sent();
        int head = new String(sent, ISO_8859_1).indexOf("\r\n\r\n") + 4;
        return ciphertext(Arrays.copyOfRange(sent, head, sent.length));
    }

    /** The ciphertext of full frames, without headers and tags. */
    private static byte[] ciphertext(byte[] frames) {
        int count = frames.length / RawObject.FRAME_BYTES;
        byte[] ciphertext = new byte[count * 65_536];
        for (int i = 0; i < count; i++) {
            System.arraycopy(frames, i * RawObject.FRAME_BYTES + HEADER_BYTES, ciphertext, i * 65_536, 65_536);
        }
        return ciphertext;
    }

    private static byte[] xor(byte[] first, byte[] second) {
        assertThat(first).hasSameSizeAs(second).isNotEmpty();
        byte[] both = new byte[first.length];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (first[i] ^ second[i]);
        }
        return both;
    }

    /** Every byte value occurs as often as chance has it: chi-squared of 255 degrees is over 400 once in 10 million times. */
    private static void assertRandom(byte[] bytes) {
        long[] counts = new long[256];
        for (byte value : bytes) {
            counts[value & 0xff]++;
        }
        double expected = bytes.length / 256.0;
        double chiSquared = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(chiSquared).isBetween(120.0, 400.0);
    }
}
