package io.sealward.it.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.RawObject;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Ranges at their edges, reads during an overwrite, and objects whose seal was taken off. */
class RangesAndDowngradeTest {
    @RegisterExtension
    static final Stack STACK = Stack.http();

    private static final int SIZE = 200_000;
    private static final byte[] CONTENT = Multipart.random(SIZE, 15);

    private static S3Client client;
    private static String bucket;

    @BeforeAll
    static void upload() {
        client = STACK.client();
        bucket = STACK.bucket();
        put("key", CONTENT);
        put("empty", new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 200000",
        "bytes=65535-65536, 65535, 65537",
        "bytes=131072-131072, 131072, 131073",
        "bytes=199999-, 199999, 200000",
        "bytes=199999-300000, 199999, 200000",
        "bytes=100-9223372036854775807, 100, 200000",
        "bytes=-1, 199999, 200000",
        "bytes=-65537, 134463, 200000",
        "bytes=-200000, 0, 200000",
        "bytes=-200001, 0, 200000",
        "bytes=-9223372036854775807, 0, 200000"
    })
    void aRangeThatIsThere(String range, int from, int to) {
        Reading reading = Reading.of(STACK.gateway(), bucket, "key", range);

        assertThat(reading.status()).isEqualTo(206);
        assertThat(reading.body()).isEqualTo(Arrays.copyOfRange(CONTENT, from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "key, bytes=-0",
        "key, bytes=200000-",
        "key, bytes=200000-200001",
        "key, bytes=9223372036854775807-",
        "empty, bytes=0-",
        "empty, bytes=0-0",
        "empty, bytes=-1"
    })
    void aRangeThatIsNotThere(String key, String range) {
        Reading reading = Reading.of(STACK.gateway(), bucket, key, range);

        assertThat(reading.status()).isEqualTo(416);
        assertThat(new String(reading.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("<Code>InvalidRange<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"bytes=5-4", "bytes=a-b", "bytes=", "bytes=-", "lines=0-1", "bytes=0-1,3-4"})
    void aRangeThatIsNoneGivesAllOfItOrARefusal(String range) {
        Reading reading = Reading.of(STACK.gateway(), bucket, "key", range);

        assertThat(reading.complete()).isTrue();
        if (reading.status() < 400) {
            assertThat(reading.status()).isEqualTo(200);
            assertThat(reading.body()).isEqualTo(CONTENT);
        }
    }

    @Test
    void aReadDuringAnOverwriteIsOfOneVersionOrFails() {
        byte[] one = Multipart.random(SIZE, 1);
        byte[] other = Multipart.random(SIZE + 70_000, 2);
        put("changing", one);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !done.get(); i++) {
                put("changing", i % 2 == 0 ? other : one);
            }
        });
        int read = 0;
        try {
            for (int i = 0; i < 100; i++) {
                Reading reading = Reading.of(STACK.gateway(), bucket, "changing", "bytes=60000-190000");
                if (reading.complete() && reading.status() == 206) {
                    read++;
                    assertThat(reading.body())
                            .isIn(Arrays.copyOfRange(one, 60_000, 190_001), Arrays.copyOfRange(other, 60_000, 190_001));
                }
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(read).isPositive();
    }

    @Test
    void anObjectWithoutItsSealIsRefusedAndNotGivenAsItIs() {
        put("stripped", CONTENT);
        try (S3Client behind = STACK.behind()) {
            RawObject raw = RawObject.read(behind, bucket, "stripped");
            new RawObject(raw.bytes(), Map.of()).write(behind, bucket, "stripped");
            new RawObject(CONTENT, Map.of()).write(behind, bucket, "planted");
        }
        Reading.of(STACK.gateway(), bucket, "stripped").assertRefused(CONTENT, "InvalidObjectState");
        Reading.of(STACK.gateway(), bucket, "planted").assertRefused(CONTENT, "InvalidObjectState");
    }

    private static void put(String key, byte[] content) {
        client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content));
    }
}
