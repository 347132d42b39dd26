package io.sealward.it.traps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.config.GatewayConfig;
import io.sealward.gateway.config.LimitsConfig;
import io.sealward.gateway.config.StoreConfig;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Reading;
import io.sealward.it.stack.Stack;
import io.sealward.it.wire.Answer;
import io.sealward.it.wire.RawHttp;
import io.sealward.it.wire.Relay;
import io.sealward.it.wire.SignedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A store or a client that breaks off or stands still: an error in time, no half object, and the next request works. */
class Trap13SlowAndBrokenPeersTest {
    private static final byte[] CONTENT = Multipart.random(24 << 20, 13);
    private static final Duration STORE_SILENCE = Duration.ofSeconds(1);
    private static final Duration CLIENT_SILENCE = Duration.ofSeconds(2);

    private static Relay relay;

    @RegisterExtension
    static final Stack STACK = Stack.http(Trap13SlowAndBrokenPeersTest::behindTheRelay);

    private String bucket;

    private static GatewayConfig behindTheRelay(GatewayConfig config) {
        StoreConfig store = config.store();
        relay = new Relay(store.endpoint());
        return config.withS3(config.s3().withLimits(LimitsConfig.DEFAULT.withIdleTimeout(CLIENT_SILENCE)))
                .withStore(new StoreConfig(
                        relay.endpoint(),
                        store.region(),
                        store.accessKey(),
                        store.secretKey(),
                        store.addressing(),
                        store.trustedCertificates(),
                        store.connectTimeout(),
                        STORE_SILENCE,
                        store.folderKeys()));
    }

    @AfterAll
    static void stop() throws IOException {
        relay.close();
    }

    @BeforeEach
    void store() {
        relay.forget();
        bucket = STACK.bucket();
        try (S3Client client = STACK.client()) {
            client.putObject(r -> r.bucket(bucket).key("stored"), RequestBody.fromBytes(CONTENT));
        }
    }

    @AfterEach
    void theGatewayServesAsBefore() {
        relay.forget();
        Reading read = Reading.of(STACK.gateway(), bucket, "stored");
        assertThat(read.complete()).isTrue();
        assertThat(read.body()).isEqualTo(CONTENT);
        try (S3Client behind = STACK.behind()) {
            assertThat(behind.listObjectsV2(r -> r.bucket(bucket)).contents()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100, 100_000, 10 << 20})
    void aStoreThatResetsDuringAnUpload(long bytes) throws IOException {
        relay.resetAfterSent(bytes);

        assertThat(upload().outcome()).isEqualTo("503 ServiceUnavailable");
    }

    @ParameterizedTest
    @ValueSource(longs = {100_000, 10 << 20})
    void aStoreThatStopsTakingAnUpload(long bytes) throws IOException {
        relay.stallAfterSent(bytes);

        assertThat(upload().outcome()).isEqualTo("503 ServiceUnavailable");
    }

    @Test
    void aStoreThatTakesAnUploadAndSaysNothing() throws IOException {
        relay.stallAfterReceived(0);
        byte[] small = "small".getBytes(UTF_8);
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(request("PUT", "new").body(small).bytes());
            assertThat(http.answer().outcome()).isEqualTo("503 ServiceUnavailable");
        }
        try (S3Client behind = STACK.behind()) { // the store has it: what failed is only the word of it
            behind.deleteObject(r -> r.bucket(bucket).key("new"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000, 100_000, 10 << 20})
    void aStoreThatResetsDuringADownload(long bytes) {
        relay.resetAfterReceived(bytes);

        Reading.of(STACK.gateway(), bucket, "stored").assertRefused(CONTENT, "ServiceUnavailable");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 10 << 20})
    void aStoreThatStopsDuringADownload(long bytes) {
        relay.stallAfterReceived(bytes);

        Reading.of(STACK.gateway(), bucket, "stored").assertRefused(CONTENT, "ServiceUnavailable");
    }

    @Test
    void aClientThatStopsSending() throws IOException {
        byte[] request = request("PUT", "new").body(CONTENT).bytes();
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(Arrays.copyOf(request, request.length - (1 << 20)));
            assertThat(http.answer().outcome()).isEqualTo("400 RequestTimeout");
            assertThat(http.closes()).isTrue();
        }
    }

    @Test
    void aClientThatStopsBetweenRequestsOrWithinAHead() throws IOException {
        try (RawHttp idle = RawHttp.connect(STACK.gateway());
                RawHttp half = RawHttp.connect(STACK.gateway())) {
            half.send("GET / HTTP/1.1\r\nHos".getBytes(UTF_8));
            assertThat(idle.closes()).isTrue();
            assertThat(half.closes()).isTrue();
        }
    }

    @Test
    void aClientThatPausesWhileItReadsGetsAllOfIt() throws Exception {
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(request("GET", "stored").bytes());
            assertThat(http.status()).isEqualTo(200);
            Thread.sleep(CLIENT_SILENCE.toMillis() * 3 / 4); // longer than the store may be silent
            byte[] read = http.read(CONTENT.length);
            assertThat(read).isEqualTo(CONTENT);
        }
    }

    @Test
    void aClientThatStopsReadingIsCutOff() throws Exception {
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(request("GET", "stored").bytes());
            assertThat(http.status()).isEqualTo(200);
            Thread.sleep(CLIENT_SILENCE.toMillis() * 3); // what it may be silent, and the reach of the timer
            byte[] read = http.rest();
            assertThat(read.length).isLessThan(CONTENT.length);
            assertThat(read).isEqualTo(Arrays.copyOf(CONTENT, read.length));
        }
    }

    private Answer upload() throws IOException {
        try (RawHttp http = RawHttp.connect(STACK.gateway())) {
            http.send(request("PUT", "new").body(CONTENT).bytes());
            return http.answer();
        }
    }

    private SignedRequest request(String method, String key) {
        return SignedRequest.of(STACK.gateway(), method, "/" + bucket + '/' + key);
    }
}
