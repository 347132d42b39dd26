package io.sealward.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealward.it.store.PemTrust;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application expects of S3, asked by one client of one server. */
abstract class ClientContract {
    private static final int FRAME = 64 * 1024;
    private static final int LARGE = (17 << 20) + 7;

    private final String bucket = "main-" + UUID.randomUUID();
    private S3Target target;
    private ObjectClient client;

    @Parameter
    ClientKind kind;

    @TempDir
    Path folder;

    abstract S3Target target();

    /** Whether programs that have nothing but the system's name service find the target. */
    boolean resolvesWithoutHelp() {
        return true;
    }

    @BeforeEach
    void connect() {
        target = target();
        client = kind.connect(target);
        client.createBucket(bucket);
    }

    @AfterEach
    void leaveNothingBehind() {
        client.list(bucket).keySet().forEach(key -> client.delete(bucket, key));
        client.deleteBucket(bucket);
        client.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, (1 << 20) + 3})
    void readsBackWhatItWrote(int size) {
        byte[] content = random(size);

        client.put(bucket, "a/key with spaces & ünï+cödé", content, Map.of());

        assertThat(client.get(bucket, "a/key with spaces & ünï+cödé")).isEqualTo(content);
    }

    @Test
    void uploadsInPartsAndDownloadsTheSame() throws IOException {
        Path source = Files.write(folder.resolve("source"), random(LARGE));
        Path copy = folder.resolve("copy");

        client.upload(bucket, "large", source);
        client.download(bucket, "large", copy);

        assertThat(Files.mismatch(source, copy)).isEqualTo(-1);
        assertThat(client.list(bucket)).containsEntry("large", (long) LARGE);
        assertThat(client.head(bucket, "large").orElseThrow().size()).isEqualTo(LARGE);
    }

    @Test
    void readsRangesAcrossFramesAndParts() throws IOException {
        byte[] content = random(LARGE);
        client.upload(bucket, "large", Files.write(folder.resolve("source"), content));

        for (long edge : new long[] {FRAME, 5 << 20, 8 << 20, 10 << 20, 16 << 20}) {
            assertThat(client.range(bucket, "large", edge - 1, edge + 1))
                    .isEqualTo(Arrays.copyOfRange(content, (int) edge - 1, (int) edge + 2));
        }
        assertThat(client.range(bucket, "large", 100_000, 900_000))
                .isEqualTo(Arrays.copyOfRange(content, 100_000, 900_001));
        assertThat(client.range(bucket, "large", LARGE - 1, LARGE + 100))
                .isEqualTo(Arrays.copyOfRange(content, LARGE - 1, LARGE));
    }

    @Test
    void listsTheSizesThatItWrote() {
        client.put(bucket, "empty", new byte[0], Map.of());
        client.put(bucket, "small", random(10), Map.of());
        client.put(bucket, "folder/frame", random(FRAME), Map.of());

        assertThat(client.list(bucket))
                .containsExactlyInAnyOrderEntriesOf(Map.of("empty", 0L, "small", 10L, "folder/frame", (long) FRAME));
    }

    @Test
    void keepsUserMetadata() {
        client.put(bucket, "key", random(10), Map.of("colour", "blue", "shape", "round"));

        assertThat(client.head(bucket, "key").orElseThrow().metadata())
                .containsExactlyInAnyOrderEntriesOf(Map.of("colour", "blue", "shape", "round"));
    }

    @Test
    void deletesAndThenFindsNothing() {
        client.put(bucket, "key", random(10), Map.of());
        client.delete(bucket, "key");

        assertThat(client.head(bucket, "key")).isEmpty();
        assertThatThrownBy(() -> client.get(bucket, "key")).hasMessageContaining("The specified key does not exist");
    }

    @Test
    void handsOutAUrlThatAnybodyCanRead() throws Exception {
        assumeThat(resolvesWithoutHelp()).isTrue();
        byte[] content = random(FRAME + 1);
        client.put(bucket, "shared/key", content, Map.of());
        HttpClient.Builder browser = HttpClient.newBuilder();
        target.trustedCertificate().ifPresent(pem -> browser.sslContext(PemTrust.context(pem)));

        HttpResponse<byte[]> response = browser.build()
                .send(
                        HttpRequest.newBuilder(client.presignedGet(bucket, "shared/key"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
